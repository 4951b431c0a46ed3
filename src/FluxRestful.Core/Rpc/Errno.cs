namespace FluxRestful.Core.Rpc;

/// <summary>
/// The Linux error numbers that Flux services answer with, by their names in errno(3). A response may carry any other. What one means depends on
/// the topic: <see cref="Services.Errors.JobErrors"/>.
/// </summary>
public static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int EPIPE = 32;
    public const int ENOSYS = 38;
    public const int ENODATA = 61;
    public const int EPROTO = 71;
    public const int ECONNRESET = 104;
    public const int ENOTCONN = 107;
    public const int ETIMEDOUT = 110;
    public const int ECONNREFUSED = 111;
    public const int EHOSTUNREACH = 113;

    private static readonly Dictionary<int, string> Names = new()
    {
        [EPERM] = "Operation not permitted",
        [ENOENT] = "No such file or directory",
        [EAGAIN] = "Resource temporarily unavailable",
        [ECHILD] = "No child processes",
        [EACCES] = "Permission denied",
        [EEXIST] = "File exists",
        [ENOTDIR] = "Not a directory",
        [EISDIR] = "Is a directory",
        [EINVAL] = "Invalid argument",
        [EPIPE] = "Broken pipe",
        [ENOSYS] = "Function not implemented",
        [ENODATA] = "No data available",
        [EPROTO] = "Protocol error",
        [ECONNRESET] = "Connection reset by peer",
        [ENOTCONN] = "Transport endpoint is not connected",
        [ETIMEDOUT] = "Connection timed out",
        [ECONNREFUSED] = "Connection refused",
        [EHOSTUNREACH] = "No route to host",
    };

    /// <summary>What the number says, as strerror(3) puts it; for a response that came without a text.</summary>
    public static string Describe(int errnum) => Names.GetValueOrDefault(errnum, $"Error {errnum}");
}
