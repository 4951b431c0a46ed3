namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>It could not be written down whose a job would be (the disk is full, the database is locked): there must be no such job.</summary>
internal sealed class NotRecordedException(Exception? cause)
    : Exception("The server cannot record whose a job is at the moment. Nothing was submitted.", cause);
