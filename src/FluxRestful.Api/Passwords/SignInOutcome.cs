namespace FluxRestful.Api.Passwords;

internal enum SignInOutcome
{
    /// <summary>The password is the tenant's.</summary>
    Accepted,

    /// <summary>No such tenant, or not its password: nobody is told which.</summary>
    Denied,

    /// <summary>The right password of an account that is switched off.</summary>
    Disabled,

    /// <summary>Too many failures lately.</summary>
    SlowDown,

    /// <summary>Too many sign-ins at once.</summary>
    Busy,
}
