namespace FluxRestful.Api.Problems;

/// <summary>The problems that a route may answer with, for the API document.</summary>
internal sealed record ProblemAnswers(IReadOnlyList<ProblemType> Types);

internal static class ProblemAnswersMetadata
{
    /// <summary>Says which problems a route may answer with, besides those that every route may (not signed in, not allowed, too many requests).</summary>
    internal static TBuilder Answers<TBuilder>(this TBuilder routes, params ProblemType[] types)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new ProblemAnswers(types));
}
