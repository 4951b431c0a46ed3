using System.Text.Json;
using FluxRestful.Core.Resources;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Scheduling;

/// <summary>The one node: this machine, rank 0. Knows which of its cores are taken, and says so as a resource set (RFC 20).</summary>
internal sealed class Node(string hostName, int cores)
{
    private readonly SortedSet<int> _free = [.. Enumerable.Range(0, cores)];

    public string HostName { get; } = hostName;

    public int Cores { get; } = cores;

    /// <summary>When and why it was drained; null if it was not.</summary>
    public (double Timestamp, string Reason)? Drain { get; set; }

    /// <summary>Why the request can never be granted here; null if it can.</summary>
    public string? WhyNever(Jobspec jobspec)
    {
        var request = jobspec.Request;
        if (!Constraint.Matches(jobspec.Member("constraints"), HostName))
        {
            return $"unsatisfiable request: {Needs(request)}, only 0 eligible";
        }

        var fits = request.GpusPerSlot == 0 && request.SlotsEach > 0 && request.CoresPerSlot > 0;
        if (request.Nodes is { } nodes)
        {
            fits = fits && request.CoresPerNode <= Cores;
            return fits && nodes <= 1 ? null : $"unsatisfiable request: {Needs(request)}, only {(fits ? 1 : 0)} eligible";
        }

        if (request.CoresPerSlot <= 0 || request.SlotsEach <= 0)
        {
            return "unsatisfiable request: no slots or cores requested";
        }

        var available = request.GpusPerSlot > 0 ? 0 : Cores / request.CoresPerSlot;
        return request.SlotsEach <= available
            ? null
            : $"unsatisfiable request: {Needs(request)}, only {available} such slot(s) available (total cores: {Cores})";
    }

    /// <summary>Takes cores for a request that can be granted at some time; null if this is not the time.</summary>
    public Allocation? TryAllocate(ResourceRequest request)
    {
        var needed = request.Exclusive ? Cores : request.CoresPerNode;
        if (Drain is not null || needed > _free.Count)
        {
            return null;
        }

        var taken = _free.Take((int)needed).ToArray();
        _free.ExceptWith(taken);
        return new Allocation(taken, request.Slots);
    }

    public void Free(Allocation allocation) => _free.UnionWith(allocation.Cores);

    public byte[] All() => ResourceSet(Enumerable.Range(0, Cores).ToArray());

    public byte[] Down() => ResourceSet(Drain is null ? [] : Enumerable.Range(0, Cores).ToArray());

    public byte[] Allocated() => ResourceSet(Enumerable.Range(0, Cores).Except(_free).ToArray());

    /// <summary>What a job got, from when to when (0: no limit).</summary>
    public byte[] R(Allocation allocation, double start, double expiration) => ResourceSet(allocation.Cores, start, expiration, allocation.Slots);

    /// <summary>How a scheduler sums an allocation up: <c>rank0/core[0-1]</c>.</summary>
    public static string Summary(Allocation allocation)
    {
        var cores = Ids(allocation.Cores);
        return allocation.Cores.Count == 1 ? $"rank0/core{cores}" : $"rank0/core[{cores}]";
    }

    private static string Needs(ResourceRequest request) => (request.Nodes, request.Exclusive) switch
    {
        ({ } nodes, true) => $"need {nodes} exclusive node(s)",
        ({ } nodes, false) => $"need {nodes} node(s) with {request.CoresPerNode} cores each",
        _ => $"need {request.SlotsEach} slot(s) of {request.CoresPerSlot} core(s){(request.GpusPerSlot > 0 ? $" {request.GpusPerSlot} gpu(s)" : "")}",
    };

    private byte[] ResourceSet(IReadOnlyList<int> cores, double start = 0, double expiration = 0, int? slots = null) => JsonText.Object(writer =>
    {
        writer.WriteNumber("version", 1);
        writer.WriteStartObject("execution");
        writer.WriteStartArray("R_lite");
        if (cores.Count > 0)
        {
            WriteCores(writer, cores);
        }

        writer.WriteEndArray();
        writer.WriteReal("starttime", start);
        writer.WriteReal("expiration", expiration);
        if (slots is not null)
        {
            writer.WriteNumber("nslots", slots.Value);
        }

        writer.WriteStartArray("nodelist");
        writer.WriteStringValue(cores.Count > 0 ? HostName : "");
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteCores(Utf8JsonWriter writer, IReadOnlyList<int> cores)
    {
        writer.WriteStartObject();
        writer.WriteString("rank", "0");
        writer.WriteStartObject("children");
        writer.WriteString("core", Ids(cores));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Ids(IReadOnlyList<int> cores) => IdSet.Of(cores.Select(core => (uint)core)).ToString();
}
