namespace FluxRestful.Api.Audit;

/// <summary>What somebody did. Stored and shown by name, in small letters with hyphens (<c>job-submit</c>): rename none.</summary>
internal enum AuditAction
{
    /// <summary>Entries were lost: more came than could be written.</summary>
    AuditDropped,

    ServerStart,
    SignIn,
    SignOut,

    /// <summary>Somebody signed in came where he may not.</summary>
    AccessDenied,

    JobSubmit,
    JobCancel,
    JobSignal,
    JobUrgency,
    JobUpdate,
    JobMemo,
    JobInput,

    TenantAdd,
    TenantChange,
    TenantDisable,
    TenantEnable,
    TenantRemove,
    TenantImport,
    RoleSet,
    LimitsSet,
    PasswordSet,

    TokenIssue,
    TokenMake,
    TokenRevoke,
    KeyRotate,

    NodeDrain,
    NodeUndrain,
    QueueStart,
    QueueStop,
    QueueEnable,
    QueueDisable,
    ServiceStop,

    /// <summary>What is said on every page is another, or nothing.</summary>
    AnnouncementSet,

    /// <summary>A superuser looks at the pages as a tenant sees them.</summary>
    ViewAs,
}
