using System.Text;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>The rules that every field of a request keeps.</summary>
internal static class JobRequestCheck
{
    internal static JobRequestException Wrong(string field, string message) => new(field, message);

    /// <summary>A program gets its arguments as strings that a zero byte ends, and JSON is Unicode: neither can hold what is refused here.</summary>
    internal static string Text(string field, string? text)
    {
        if (text is null)
        {
            throw Wrong(field, "A string is missing.");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw Wrong(field, "A string must not contain a zero byte.");
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                throw Wrong(field, "A string must be well-formed Unicode.");
            }

            rest = rest[length..];
        }

        return text;
    }

    internal static string NotEmpty(string field, string? text) =>
        Text(field, text).Length > 0 ? text! : throw Wrong(field, "This must not be empty.");

    internal static void AtLeastOne(string field, int? count)
    {
        if (count < 1)
        {
            throw Wrong(field, "This must be 1 or more.");
        }
    }

    internal static double Seconds(string field, double seconds) =>
        double.IsFinite(seconds) && seconds >= 0 ? seconds : throw Wrong(field, "This must be a number of seconds, 0 or more.");

    internal static void VariableName(string field, string name)
    {
        if (name.Length == 0
            || !(char.IsAsciiLetter(name[0]) || name[0] == '_')
            || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
        {
            throw Wrong(field, "The name of a variable has letters, digits and underscores, and begins with no digit.");
        }
    }
}
