using System.Text.Json;
using FluxRestful.Api.Restful.Answers;

namespace FluxRestful.Api.Restful.Requests;

/// <summary>
/// Brings a submit's body together with its query. The rule: with <c>command</c> in the query a JSON body is the map of environment variables,
/// without it the body holds the parameters. A form always holds parameters.
/// </summary>
internal static class SubmitBody
{
    public const int MaxBytes = 1024 * 1024;

    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Null when all was read into <paramref name="parameters"/>, otherwise the refusal.</summary>
    public static async Task<IResult?> ReadAsync(HttpRequest request, Parameters parameters, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return TooLarge();
        }

        var body = await ReadBytesAsync(request.Body, cancellationToken);
        if (body is null)
        {
            return TooLarge();
        }

        if (body.Length == 0)
        {
            return null;
        }

        body.Position = 0;
        if (request.HasJsonContentType() || string.IsNullOrEmpty(request.ContentType))
        {
            return ReadJson(body, parameters);
        }

        return request.HasFormContentType
            ? await ReadFormAsync(request, body, parameters, cancellationToken)
            : RestfulAnswers.Detail(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON or a form.");
    }

    private static async Task<MemoryStream?> ReadBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (read.Length + count > MaxBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read;
    }

    private static IResult? ReadJson(MemoryStream body, Parameters parameters)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            root = document.RootElement.Clone();
            EnsureUnicode(root);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return RestfulAnswers.Unprocessable([new RestfulFieldError(["body"], "the body is not valid JSON", "value_error.jsondecode")]);
        }

        if (root.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return RestfulAnswers.Unprocessable([new RestfulFieldError(["body"], "value is not a valid dict", "type_error.dict")]);
        }

        if (parameters.Has("command"))
        {
            parameters.Add("envars", new GivenValue("body", [], root));
            return null;
        }

        foreach (var member in root.EnumerateObject())
        {
            parameters.Add(member.Name, new GivenValue("body", [], member.Value));
        }

        return null;
    }

    /// <summary>An escape may name half a character, which the parser lets pass and reading does not.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    private static void EnsureUnicode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    EnsureUnicode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    EnsureUnicode(member.Value);
                }

                break;
        }
    }

    private static async Task<IResult?> ReadFormAsync(HttpRequest request, MemoryStream body, Parameters parameters, CancellationToken cancellationToken)
    {
        request.Body = body;
        if (await SentForm.TryReadAsync(request, cancellationToken) is not { } form)
        {
            return RestfulAnswers.Unprocessable([new RestfulFieldError(["body"], "the body is not a valid form", "value_error.form")]);
        }

        foreach (var (name, values) in form)
        {
            parameters.Add(name, new GivenValue("body", [.. values.Select(value => value ?? "")], default));
        }

        foreach (var file in form.Files)
        {
            parameters.Refuse(file.Name, "a file, where a text belongs", "type_error.str");
        }

        return null;
    }

    private static IResult TooLarge() =>
        RestfulAnswers.Detail(StatusCodes.Status413PayloadTooLarge, "The body is larger than 1 MiB.");
}
