namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>One thing to write into the ledger.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Request">About which request to submit.</param>
/// <param name="TenantId">Whose it is; not needed to complete or forget one.</param>
/// <param name="JobId">Which job it became, if known.</param>
/// <param name="Written">Completed once it is on the disk, for a writer that waits.</param>
internal sealed record LedgerWrite(LedgerWrite.Kinds Kind, Guid Request, int TenantId = 0, ulong? JobId = null, TaskCompletionSource? Written = null)
{
    internal enum Kinds
    {
        /// <summary>Before the submit.</summary>
        Record,

        /// <summary>After it: the job's id is known.</summary>
        Complete,

        /// <summary>The broker refused the job.</summary>
        Forget,

        /// <summary>A job whose row was lost with an earlier database.</summary>
        Adopt,
    }
}
