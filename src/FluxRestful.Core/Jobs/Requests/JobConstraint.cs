using System.Buffers;
using System.Text.Json.Nodes;
using FluxRestful.Core.Resources;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>
/// Reads a condition on nodes (RFC 35) into its object (RFC 31): terms <c>property</c>, <c>host:LIST</c>, <c>rank:IDS</c>; <c>-term</c> or <c>not</c> negates,
/// <c>|</c> or <c>or</c> binds least, <c>&amp;</c>, <c>and</c> or mere neighbourhood more.
/// </summary>
internal sealed class JobConstraint
{
    private const int DeepestNesting = 50;

    private static readonly SearchValues<char> ForbiddenInProperty = SearchValues.Create("&'\"`|()");

    private readonly IReadOnlyList<JobConstraintToken> _tokens;
    private int _at;
    private int _depth;

    private JobConstraint(IReadOnlyList<JobConstraintToken> tokens) => _tokens = tokens;

    /// <exception cref="JobRequestException">It can not be read.</exception>
    internal static JsonObject Parse(string text)
    {
        var parser = new JobConstraint(JobConstraintToken.Split(JobRequestCheck.Text(nameof(JobRequest.Requires), text)));
        var constraint = parser.Or();
        return parser.Next is { } rest ? throw Wrong($"'{rest.Text}' does not belong here.") : constraint;
    }

    internal static JobRequestException Wrong(string message) => new(nameof(JobRequest.Requires), message);

    private JobConstraintToken? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private bool Take(JobConstraintToken.Kind kind)
    {
        var fits = Next?.Is == kind;
        _at += fits ? 1 : 0;
        return fits;
    }

    private JsonObject Or()
    {
        var terms = new JsonArray(And());
        while (Take(JobConstraintToken.Kind.Or))
        {
            terms.Add((JsonNode)And());
        }

        return Single("or", terms);
    }

    private JsonObject And()
    {
        var terms = new JsonArray();
        JsonArray? properties = null;
        do
        {
            var term = Factor();

            // Properties that all have to be there stand in one list.
            if (term["properties"] is JsonArray more && properties is not null)
            {
                foreach (var property in more)
                {
                    properties.Add(property!.DeepClone());
                }

                continue;
            }

            properties ??= term["properties"] as JsonArray;
            terms.Add((JsonNode)term);
        }
        while (Take(JobConstraintToken.Kind.And) || Next?.Is is not (null or JobConstraintToken.Kind.Or or JobConstraintToken.Kind.Close));

        return Single("and", terms);
    }

    private JsonObject Factor()
    {
        if (++_depth > DeepestNesting)
        {
            throw Wrong("The condition is nested too deeply.");
        }

        var token = Next ?? throw Wrong("The condition ends where a term belongs.");
        _at++;
        var factor = token.Is switch
        {
            JobConstraintToken.Kind.Not => new JsonObject { ["not"] = new JsonArray(Factor()) },
            JobConstraintToken.Kind.Negate when Take(JobConstraintToken.Kind.Term) => new JsonObject { ["not"] = new JsonArray(Term(_tokens[_at - 1].Text)) },
            JobConstraintToken.Kind.Open => Parenthesis(),
            JobConstraintToken.Kind.Term => Term(token.Text),
            _ => throw Wrong($"'{token.Text}' does not belong here."),
        };
        _depth--;
        return factor;
    }

    private JsonObject Parenthesis()
    {
        var inner = Or();
        return Take(JobConstraintToken.Kind.Close) ? inner : throw Wrong("A parenthesis is not closed.");
    }

    private static JsonObject Term(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var value = text[(colon + 1)..];
        return (colon < 0 ? "properties" : text[..colon]) switch
        {
            "properties" => new() { ["properties"] = new JsonArray([.. value.Split(',').Select(Property)]) },
            "host" or "hosts" or "hostlist" => Hostlist.TryParse(value, out var hosts) && hosts.Count > 0
                ? new() { ["hostlist"] = new JsonArray(value) }
                : throw Wrong($"'{value}' is not a hostlist."),
            "rank" or "ranks" => IdSet.TryParse(value, out var ranks) && ranks.LongCount > 0
                ? new() { ["ranks"] = new JsonArray(value) }
                : throw Wrong($"'{value}' is not a set of ranks."),
            var unknown => throw Wrong($"There is no condition '{unknown}:'; there are host:, rank: and properties."),
        };
    }

    private static JsonNode Property(string name) => name.TrimStart('^').Length > 0 && !name.AsSpan().ContainsAny(ForbiddenInProperty)
        ? JsonValue.Create(name)
        : throw Wrong($"'{name}' is not the name of a property.");

    private static JsonObject Single(string operation, JsonArray terms)
    {
        if (terms.Count > 1)
        {
            return new() { [operation] = terms };
        }

        var only = terms[0]!.AsObject();
        terms.Clear();
        return only;
    }
}
