using System.Text;
using FluxRestful.Core.Jobs.Output;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>
/// Turns entries of a job's output into text. Every stream of every task has a decoder of its own: unbuffered output comes in pieces that
/// end within a character. What is no UTF-8 becomes U+FFFD.
/// </summary>
internal sealed class OutputText
{
    private const int WorstToShow = 3;

    private readonly Dictionary<(string Stream, string Rank), Decoder> _decoders = [];

    public string Read(OutputEvent? entry) => entry switch
    {
        OutputData data => Decode(data),
        OutputRedirect redirect => $"{redirect.Rank}: {redirect.Stream} redirected to {redirect.Path}\n",
        OutputLog { Level: <= WorstToShow } log => $"flux-shell: {log.Message.TrimEnd('\n')}\n",
        _ => "",
    };

    private string Decode(OutputData data)
    {
        var key = (data.Stream, data.Rank);
        if (!_decoders.TryGetValue(key, out var decoder))
        {
            _decoders[key] = decoder = Encoding.UTF8.GetDecoder();
        }

        var characters = new char[decoder.GetCharCount(data.Bytes.Span, data.IsEof)];
        return new string(characters, 0, decoder.GetChars(data.Bytes.Span, characters, data.IsEof));
    }
}
