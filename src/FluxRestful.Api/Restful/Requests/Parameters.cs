using System.Globalization;
using System.Text.Json;

namespace FluxRestful.Api.Restful.Requests;

/// <summary>
/// The parameters of one request, from wherever they came, and what was wrong with them. The reading methods answer null both for an absent
/// and for a bad value; a bad one is also entered in <see cref="Errors"/>.
/// </summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, GivenValue> _given = new(StringComparer.Ordinal);
    private readonly List<RestfulFieldError> _errors = [];

    public IReadOnlyList<RestfulFieldError> Errors => _errors;

    public IEnumerable<string> Names => _given.Keys;

    public static Parameters FromQuery(IQueryCollection query)
    {
        var parameters = new Parameters();
        foreach (var (name, values) in query)
        {
            parameters.Add(name, new GivenValue("query", [.. values.Select(value => value ?? "")], default));
        }

        return parameters;
    }

    public void Add(string name, GivenValue value)
    {
        if (value.IsAbsent)
        {
            return;
        }

        if (!_given.TryAdd(name, value))
        {
            Refuse(name, "given in the query and in the body", "value_error.twice");
        }
    }

    public bool Has(string name) => _given.ContainsKey(name);

    public GivenValue? Find(string name) => _given.TryGetValue(name, out var value) ? value : null;

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = value.Text;
        if (text is null)
        {
            Refuse(name, "str type expected", "type_error.str");
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            Refuse(name, "must not contain a NUL", "value_error.nul");
            return null;
        }

        return text;
    }

    public int? Integer(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.Json.ValueKind == JsonValueKind.Number ? value.Json.TryGetInt32(out var number) : TryParse(value.Text, out number))
        {
            return number;
        }

        Refuse(name, "value is not a valid integer", "type_error.integer");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        switch (value.Json.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
        }

        switch (value.Text?.ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on" or "t" or "y":
                return true;
            case "false" or "0" or "no" or "off" or "f" or "n":
                return false;
            default:
                Refuse(name, "value could not be parsed to a boolean", "type_error.bool");
                return null;
        }
    }

    public void Refuse(string name, string message, string type) =>
        _errors.Add(new RestfulFieldError([Find(name)?.Source ?? "query", name], message, type));

    private static bool TryParse(string? text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
