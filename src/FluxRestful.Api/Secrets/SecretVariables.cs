using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FluxRestful.Api.Secrets;

/// <summary>The secrets that came through the environment are overwritten there once they have been read: no child gets them, and <c>/proc/PID/environ</c> has them no more.</summary>
internal static partial class SecretVariables
{
    internal static void Wipe()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.OfType<string>().Where(name => Shape().IsMatch(name)).ToList())
        {
            Overwrite(Get(name));
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    // In place: taking a variable away leaves its text where the process began with it.
    private static void Overwrite(nint value)
    {
        if (value != 0)
        {
            for (; Marshal.ReadByte(value) != 0; value++)
            {
                Marshal.WriteByte(value, 0);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Get(string name);

    [GeneratedRegex(@"^(FLUX_TOKEN|FLUX_SECRET_KEY|Users__\d+__Password|ConnectionStrings__\w+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
