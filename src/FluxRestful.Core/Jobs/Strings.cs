using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FluxRestful.Core.Jobs;

/// <summary>
/// One copy of strings that many jobs have in common: names, queues, directories, hosts. A table of fixed size in which a newcomer
/// takes the place of whoever hashed there before: it never grows, and a race costs at most one copy.
/// </summary>
public static class Strings
{
    private const int Slots = 1 << 13;
    private const int LongestShared = 256;

    private static readonly string?[] Table = new string?[Slots];

    /// <exception cref="FormatException">It holds half a surrogate pair.</exception>
    internal static string Share(JsonElement element)
    {
        try
        {
            return Share(element.GetString()!);
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("A string is not Unicode.", exception);
        }
    }

    /// <summary>The copy that others have of this text, if one is known.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Share(string? text)
    {
        if (text is null or { Length: > LongestShared })
        {
            return text;
        }

        ref var slot = ref Table[string.GetHashCode(text) & (Slots - 1)];
        var known = Volatile.Read(ref slot);
        if (string.Equals(known, text, StringComparison.Ordinal))
        {
            return known!;
        }

        Volatile.Write(ref slot, text);
        return text;
    }
}
