namespace FluxRestful.Api.Restful.Documents;

/// <summary>What the API page says of a route beside what its handler's signature says.</summary>
/// <param name="Answers">Those of the route itself; who is not let in gets others.</param>
internal sealed record RouteDoc(params IReadOnlyList<AnswerDoc> Answers)
{
    /// <summary>In the query.</summary>
    public IReadOnlyList<ParameterDoc> Parameters { get; init; } = [];

    /// <summary>The same parameters may come as a JSON body, such as this, or as a form.</summary>
    public string? BodyExample { get; init; }
}
