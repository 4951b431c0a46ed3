using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace FluxRestful.Api.Problems;

/// <summary>
/// Which parameter of a query is not of the type that its route wants. Routes compiled ahead say of an optional one only that something was wrong (400 without a
/// body): it is looked for once more, so that the answer can name it.
/// </summary>
internal static class UnreadParameter
{
    internal const string Message = "The value is not of the type that is wanted here.";

    private static readonly MethodInfo Test = typeof(UnreadParameter).GetMethod(nameof(IsA), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Null: all can be read.</summary>
    internal static string? Find(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(parameter => parameter.HasTryParse && context.Request.Query[NameOf(parameter)] is [{ Length: > 0 } given] && !Reads(parameter, given))
            .Select(NameOf).FirstOrDefault();

    private static string NameOf(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttributes(inherit: false).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name;

    private static bool Reads(IParameterBindingMetadata parameter, string given)
    {
        var type = parameter.ParameterInfo.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return !type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>))
            || (bool)Test.MakeGenericMethod(type).Invoke(null, [given])!;
    }

    private static bool IsA<T>(string given)
        where T : IParsable<T> => T.TryParse(given, CultureInfo.InvariantCulture, out _);
}
