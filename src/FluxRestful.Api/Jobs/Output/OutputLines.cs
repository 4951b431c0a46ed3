using System.Text;
using FluxRestful.Core.Jobs.Output;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>Gathers a job's output as lines, each with its newline, up to a limit.</summary>
internal sealed class OutputLines(int maxBytes, OutputShare share)
{
    // Beside its letters, two bytes each, a line is an object and a reference to it: a million empty lines are not free.
    private const int CostOfLine = 32;

    private readonly OutputText _text = new();
    private readonly List<string> _lines = [];
    private readonly Dictionary<(string Stream, string Rank), StringBuilder> _unfinished = [];
    private long _bytes;

    /// <summary>False once the limit is reached: nothing more is taken.</summary>
    public bool Add(OutputEvent? entry)
    {
        var text = _text.Read(entry);
        var cost = (2L * text.Length) + (CostOfLine * text.AsSpan().Count('\n'));
        _bytes += cost;
        if (_bytes > maxBytes)
        {
            CutOff();
            return false;
        }

        share.Use(cost);

        if (entry is OutputData data)
        {
            Gather((data.Stream, data.Rank), text, data.IsEof);
        }
        else if (text.Length > 0)
        {
            _lines.Add(text);
        }

        return true;
    }

    /// <summary>Says that there is more than is shown.</summary>
    public void CutOff() => _lines.Add($"[the output takes more than {maxBytes} bytes, or comes too fast; the rest is left out here, the stream has it]\n");

    /// <summary>All lines; last those that have no end yet.</summary>
    public IReadOnlyList<string> Finish()
    {
        _lines.AddRange(_unfinished.Values.Select(begun => begun.ToString()));
        _unfinished.Clear();
        return _lines;
    }

    private void Gather((string Stream, string Rank) from, string text, bool isEnd)
    {
        var at = 0;
        for (int end; (end = text.IndexOf('\n', at)) >= 0; at = end + 1)
        {
            var line = text[at..(end + 1)];
            _lines.Add(_unfinished.Remove(from, out var begun) ? begun.Append(line).ToString() : line);
        }

        if (at < text.Length)
        {
            // Appended to, not copied: a line may come in thousands of pieces.
            (_unfinished.TryGetValue(from, out var rest) ? rest : _unfinished[from] = new StringBuilder()).Append(text, at, text.Length - at);
        }

        if (isEnd && _unfinished.Remove(from, out var last))
        {
            _lines.Add(last.ToString());
        }
    }
}
