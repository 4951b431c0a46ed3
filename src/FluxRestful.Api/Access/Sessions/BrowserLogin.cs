namespace FluxRestful.Api.Access.Sessions;

/// <summary>How a browser that comes to a page without credentials is asked for them.</summary>
internal enum BrowserLogin
{
    /// <summary>By its own dialog; whoever cancels that gets the form.</summary>
    Basic,

    /// <summary>By the form.</summary>
    Form,
}
