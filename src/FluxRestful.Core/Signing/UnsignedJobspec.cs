using System.Buffers.Text;
using System.Globalization;

namespace FluxRestful.Core.Signing;

/// <summary>
/// J for jobs of the instance owner: <c>base64(header).base64(jobspec).none</c>. Nothing is signed: the connection itself says who asks,
/// and Flux takes the mechanism from its owner only.
/// </summary>
public static class UnsignedJobspec
{
    private static readonly string[] Mechanisms = ["none", "munge", "curve"];

    /// <summary>Wraps a jobspec.</summary>
    /// <param name="userId">The Unix id of the instance owner, who must be the sender too.</param>
    /// <param name="jobspec">The jobspec as UTF-8 JSON.</param>
    public static string Sign(uint userId, ReadOnlySpan<byte> jobspec) =>
        $"{Convert.ToBase64String(SignatureHeader.Write(userId))}.{Convert.ToBase64String(jobspec)}.none";

    /// <summary>Takes J apart as <c>job-ingest</c> does: any known mechanism, without verifying the signature.</summary>
    /// <exception cref="SignatureException">With the text that Flux answers.</exception>
    public static SignedJobspec Parse(string j)
    {
        var dot = j.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || Decode(j.AsSpan(0, dot)) is not { } bytes || SignatureHeader.Read(bytes) is not { } header)
        {
            throw new SignatureException("sign-unwrap: header decode error: Invalid argument");
        }

        var version = Integer(header, "version") ?? throw new SignatureException("sign-unwrap: header version missing");
        if (version != 1)
        {
            throw new SignatureException(string.Create(CultureInfo.InvariantCulture, $"sign-unwrap: header version={version} unknown"));
        }

        var mechanism = header.GetValueOrDefault("mechanism") is ['s', .. var name]
            ? name
            : throw new SignatureException("sign-unwrap: header mechanism missing");
        if (!Mechanisms.Contains(mechanism))
        {
            throw new SignatureException($"sign-unwrap: header mechanism={mechanism} unknown");
        }

        var userId = Integer(header, "userid") ?? throw new SignatureException("sign-unwrap: header userid missing");
        var end = j.IndexOf('.', dot + 1);
        var jobspec = end < 0 ? null : Decode(j.AsSpan(dot + 1, end - dot - 1));
        return jobspec is null
            ? throw new SignatureException("sign-unwrap: payload decode error: Invalid argument")
            : new(userId, mechanism, jobspec, j[(end + 1)..]);
    }

    private static long? Integer(Dictionary<string, string> header, string key) =>
        header.GetValueOrDefault(key) is ['i', .. var digits] && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    // Standard base64 with padding and without blanks, which .NET alone would pass over.
    private static byte[]? Decode(ReadOnlySpan<char> text) =>
        text.ContainsAny(' ', '\t', '\n') || text.Contains('\r') || !Base64.IsValid(text, out var length) ? null : Decode(text, length);

    private static byte[]? Decode(ReadOnlySpan<char> text, int length)
    {
        var bytes = new byte[length];
        return Convert.TryFromBase64Chars(text, bytes, out var written) && written == length ? bytes : null;
    }
}
