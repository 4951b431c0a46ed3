namespace FluxRestful.Api.Docs;

/// <summary>
/// The page shows a JSON answer after reading it into JavaScript's numbers, which have 53 bits: a job id, which has 64, would come out as another job's.
/// Browsers of today can keep a number as it was written.
/// </summary>
internal static class ExactNumbers
{
    internal const string File = "exact-numbers.js";

    internal const string Script = """
        if (JSON.rawJSON) {
          const parse = JSON.parse;
          JSON.parse = (text, reviver) => parse(text, reviver ?? ((name, value, context) =>
            Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source ? JSON.rawJSON(context.source) : value));
        }
        """;
}
