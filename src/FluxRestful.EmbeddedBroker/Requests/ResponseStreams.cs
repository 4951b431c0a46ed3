namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>The open streams of one connection, found by topic and matchtag when one of them is cancelled.</summary>
internal sealed class ResponseStreams
{
    private readonly Dictionary<(string Topic, uint MatchTag), List<ResponseStream>> _streams = [];

    public bool Contains(string topic, uint matchTag) => _streams.ContainsKey((topic, matchTag));

    public void Add(string topic, uint matchTag, ResponseStream stream)
    {
        if (!_streams.TryGetValue((topic, matchTag), out var sameTag))
        {
            _streams[(topic, matchTag)] = sameTag = [];
        }

        sameTag.Add(stream);
    }

    public void Remove(string topic, uint matchTag, ResponseStream stream)
    {
        if (_streams.TryGetValue((topic, matchTag), out var sameTag) && sameTag.Remove(stream) && sameTag.Count == 0)
        {
            _streams.Remove((topic, matchTag));
        }
    }

    /// <summary>Ends the stream with this tag; an unknown tag is ignored.</summary>
    public void Cancel(string topic, uint matchTag)
    {
        foreach (var stream in _streams.TryGetValue((topic, matchTag), out var sameTag) ? sameTag.ToArray() : [])
        {
            stream.End();
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Abandon()
    {
        foreach (var stream in _streams.Values.SelectMany(streams => streams).ToArray())
        {
            stream.Abandon();
        }

        _streams.Clear();
    }
}
