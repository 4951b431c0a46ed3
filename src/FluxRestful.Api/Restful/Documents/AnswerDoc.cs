namespace FluxRestful.Api.Restful.Documents;

/// <summary>One answer of a route, for the API page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">When it comes, and what is in it.</param>
/// <param name="Body">What it is as JSON; null where <paramref name="Example"/> has to do, or where it is text.</param>
/// <param name="Example">JSON as it is sent; null for text.</param>
internal sealed record AnswerDoc(int Status, string Description, Type? Body = null, string? Example = null);
