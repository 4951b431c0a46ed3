using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>
/// Signs the mark that tells, after a lost database, whose a job is, and recognises it. The signature covers the tenant, the request and what the
/// job does, so that a mark copied into another jobspec is worth nothing.
/// </summary>
internal sealed class JobMarks(byte[] key)
{
    /// <summary>
    /// What the signature covers of a jobspec. Left out is what Flux itself rewrites: the environment (never stored), the duration, the queue,
    /// constraints (set by site defaults and by updates).
    /// </summary>
    private static readonly string[] CoveredOfSystem = ["cwd", "shell", "files", "job"];

    /// <summary>Few tenants, many jobs: each name is kept once.</summary>
    private readonly ConcurrentDictionary<string, string> _tenants = new(StringComparer.Ordinal);

    public JsonObject Sign(string tenant, Guid request, JsonObject jobspec)
    {
        var text = request.ToString("N");
        return new JsonObject
        {
            ["tenant"] = tenant,
            ["request"] = text,
            ["mac"] = Convert.ToHexStringLower(Mac(tenant, text, JsonSerializer.SerializeToElement(jobspec, MarkJson.Default.JsonObject))),
        };
    }

    /// <summary>The mark of a jobspec if it carries one and it is ours; anything else is no mark.</summary>
    public JobMark? Verify(JsonElement jobspec)
    {
        if (!TryGet(jobspec, "attributes", out var attributes) || !TryGet(attributes, "user", out var user) || !TryGet(user, "restful", out var mark)
            || !TryGetText(mark, "tenant", out var tenant) || !TryGetText(mark, "request", out var request) || !TryGetText(mark, "mac", out var mac)
            || mac.Length != 2 * HMACSHA256.HashSizeInBytes || !Guid.TryParseExact(request, "N", out var requestId))
        {
            return null;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(mac, given, out _, out _) == OperationStatus.Done && CryptographicOperations.FixedTimeEquals(given, Mac(tenant, request, jobspec))
            ? new JobMark(_tenants.GetOrAdd(tenant, tenant), requestId)
            : null;
    }

    private byte[] Mac(string tenant, string request, JsonElement jobspec)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        var canonical = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(canonical);
        writer.WriteStartArray();
        writer.WriteStringValue("flux-restful job mark 1"u8);
        writer.WriteStringValue(tenant);
        writer.WriteStringValue(request);
        WriteCovered(writer, jobspec, "resources");
        WriteCovered(writer, jobspec, "tasks");
        var system = TryGet(jobspec, "attributes", out var attributes) && TryGet(attributes, "system", out var found) ? found : default;
        foreach (var name in CoveredOfSystem)
        {
            WriteCovered(writer, system, name);
        }

        writer.WriteEndArray();
        writer.Flush();
        hmac.AppendData(canonical.WrittenSpan);
        return hmac.GetHashAndReset();
    }

    private static void WriteCovered(Utf8JsonWriter writer, JsonElement parent, string name)
    {
        if (TryGet(parent, name, out var value))
        {
            CanonicalJson.Write(writer, value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static bool TryGet(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out value);
    }

    private static bool TryGetText(JsonElement parent, string name, out string text)
    {
        text = TryGet(parent, name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0;
    }
}
