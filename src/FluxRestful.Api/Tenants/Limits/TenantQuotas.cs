using System.Text.Json.Nodes;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Storage;
using FluxRestful.Contracts;

namespace FluxRestful.Api.Tenants.Limits;

/// <summary>
/// Whether an account may submit one more job: the only place that knows, for every face. A place is taken before the broker is asked, and the jobs of the index
/// and the places are counted under one lock, so that of any number at once exactly as many come in as there are places. After a restart the index says what there is;
/// the submits of the last minute are forgotten.
/// </summary>
internal sealed class TenantQuotas(TenantDirectory directory, JobIndex index, JobSizeLimits sizes, DefaultLimits defaults, TimeProvider time)
{
    /// <summary>How long a submit without an answer holds its place, if its job does not appear.</summary>
    internal static readonly TimeSpan LongestDoubt = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Account> _accounts = [];

    /// <summary>Checks the job against its tenant's limits and takes a place for it; may set the jobspec's duration.</summary>
    /// <exception cref="QuotaExceededException">A limit is in the way.</exception>
    public async Task<QuotaPlace> TakeAsync(int tenantId, Guid request, JsonObject jobspec, CancellationToken cancellationToken)
    {
        var limits = await ApplyAsync(tenantId, jobspec, cancellationToken);
        lock (_lock)
        {
            var account = FindOpen(tenantId);

            // One that is done again holds its place already.
            if (!account.Places.Contains(request))
            {
                Admit(limits, Count(tenantId, account), account.Rate);
                account.Rate.Add(time);
                account.Places.Add(request);
                index.Await(tenantId, request);
            }

            account.Doubts.Remove(request);
            return new QuotaPlace(this, tenantId, request);
        }
    }

    /// <summary>What a submit of this job would meet now; takes no place, and may set the jobspec's duration likewise.</summary>
    /// <exception cref="QuotaExceededException">A limit is in the way.</exception>
    public async Task ForeseeAsync(int tenantId, JsonObject jobspec, CancellationToken cancellationToken)
    {
        var limits = await ApplyAsync(tenantId, jobspec, cancellationToken);
        lock (_lock)
        {
            var account = FindOpen(tenantId);
            Admit(limits, Count(tenantId, account), account.Rate);
        }
    }

    /// <summary>For a job that is there already: its account's limit stands, whoever changes it. What makes it no longer is always let through.</summary>
    /// <param name="tenantId">Whose job it is.</param>
    /// <param name="now">The seconds it has; null or zero: no end.</param>
    /// <param name="seconds">What it shall have. Zero is without end.</param>
    /// <exception cref="QuotaExceededException">The account may not have a job of that length.</exception>
    public async ValueTask CheckDurationAsync(int tenantId, double? now, double seconds, CancellationToken cancellationToken)
    {
        var isShorter = seconds > 0 && (now is not > 0 || seconds <= now);
        if (!isShorter && await directory.FindAsync(tenantId, cancellationToken) is { } tenant)
        {
            JobSizeLimits.CheckDuration(defaults.Over(tenant.Limits), seconds);
        }
    }

    /// <summary>What holds for an account with these limits of its own.</summary>
    public TenantLimits HoldingFor(TenantLimits own) => defaults.Over(own);

    public TenantUse UseOf(int tenantId)
    {
        lock (_lock)
        {
            return Count(tenantId, _accounts.GetValueOrDefault(tenantId) ?? new Account());
        }
    }

    /// <summary>Lets no more jobs of an account in, which is about to go; with <paramref name="onlyIfIdle"/> only if it has none.</summary>
    public bool TryClose(int tenantId, bool onlyIfIdle)
    {
        lock (_lock)
        {
            var account = Find(tenantId);
            return account.IsClosed = !onlyIfIdle || Count(tenantId, account).ActiveJobs == 0;
        }
    }

    /// <summary>The account stays after all.</summary>
    public void Reopen(int tenantId)
    {
        lock (_lock)
        {
            Find(tenantId).IsClosed = false;
        }
    }

    internal void Release(int tenantId, Guid request, bool mayCome)
    {
        lock (_lock)
        {
            var account = Find(tenantId);
            if (mayCome)
            {
                account.Doubts[request] = time.GetTimestamp();
            }
            else
            {
                Free(account, request);
            }
        }
    }

    private void Admit(TenantLimits limits, TenantUse use, SubmitRate rate)
    {
        if (limits.ActiveJobs is { } active && use.ActiveJobs >= active)
        {
            throw Full("activeJobs", active, use.ActiveJobs, "that have not ended");
        }

        if (limits.QueuedJobs is { } queued && use.QueuedJobs >= queued)
        {
            throw Full("queuedJobs", queued, use.QueuedJobs, "that have not started");
        }

        if (limits.SubmitsPerMinute is { } most && use.SubmitsInLastMinute >= most)
        {
            throw new QuotaExceededException(
                ProblemType.TooManySubmits,
                new LimitUse("submitsPerMinute", most, use.SubmitsInLastMinute),
                $"This account may submit {most} job{(most == 1 ? "" : "s")} a minute.",
                rate.Wait(most, time));
        }
    }

    private static QuotaExceededException Full(string name, int limit, int use, string which) => new(
        ProblemType.QuotaFull, new LimitUse(name, limit, use), $"Jobs of this account {which}: {use}. It may have {limit}.");

    private static QuotaExceededException Closed() =>
        new(ProblemType.QuotaFull, new LimitUse("activeJobs", 0, 0), "This account takes no more jobs.");

    private TenantUse Count(int tenantId, Account account)
    {
        foreach (var (request, since) in account.Doubts)
        {
            // Until the job is seen, or is not to be expected any more.
            if (index.FirstWithMark(request) is not null || time.GetElapsedTime(since) >= LongestDoubt)
            {
                Free(account, request);
            }
        }

        var (waiting, active) = index.CountActive(tenantId);
        return new TenantUse(active, waiting, account.Rate.Count(time));
    }

    private void Free(Account account, Guid request)
    {
        account.Places.Remove(request);
        account.Doubts.Remove(request);
        index.Forget(request);
    }

    private async Task<TenantLimits> ApplyAsync(int tenantId, JsonObject jobspec, CancellationToken cancellationToken)
    {
        var tenant = await directory.FindAsync(tenantId, cancellationToken);
        if (tenant is null or { IsDisabled: true })
        {
            throw Closed();
        }

        var limits = defaults.Over(tenant.Limits);
        await sizes.ApplyAsync(limits, jobspec, cancellationToken);
        return limits;
    }

    private Account FindOpen(int tenantId) => Find(tenantId) is { IsClosed: false } account ? account : throw Closed();

    private Account Find(int tenantId)
    {
        if (!_accounts.TryGetValue(tenantId, out var account))
        {
            _accounts[tenantId] = account = new Account();
        }

        return account;
    }

    private sealed class Account
    {
        public bool IsClosed { get; set; }

        /// <summary>The requests that hold a place.</summary>
        public HashSet<Guid> Places { get; } = [];

        /// <summary>Those of them that had no answer and may have a job: since when.</summary>
        public Dictionary<Guid, long> Doubts { get; } = [];

        public SubmitRate Rate { get; } = new();
    }
}
