namespace FluxRestful.Api.Restful.Documents;

/// <summary>One parameter of a route that reads its request itself, for the API page.</summary>
/// <param name="Name">As it is sent.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>boolean</c>, or <c>map</c> for names with values.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Least">The smallest number that is taken.</param>
internal sealed record ParameterDoc(string Name, string Type, string Description, int? Least = null);
