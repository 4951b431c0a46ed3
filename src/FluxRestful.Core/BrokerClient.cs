using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;
using Microsoft.Extensions.Logging;

namespace FluxRestful.Core;

/// <summary>
/// The face of the broker: connects when somebody asks, and anew after a loss, each time with a new <see cref="BrokerLink"/>. What was pending when
/// a link was lost has failed, and is not repeated here: a submit is not idempotent.
/// </summary>
public sealed partial class BrokerClient : IAsyncDisposable
{
    private readonly BrokerClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BrokerClient> _logger;
    private readonly BackoffPolicy _backoff;
    private readonly CancellationTokenSource _disposing = new();

    private readonly Lock _gate = new();
    private Task<Attempt>? _attempt;
    private volatile BrokerLink? _link;
    private BrokerDisconnectedException _lastFailure = new("Not connected to the broker yet.");
    private long _generation;

    /// <exception cref="ArgumentException">The URI is not a local one.</exception>
    public BrokerClient(BrokerClientOptions options, TimeProvider time, ILogger<BrokerClient> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = BrokerSocket.Parse(options.Uri);
        _options = options;
        _time = time;
        _logger = logger;
        _backoff = new BackoffPolicy(options.Backoff, time);
    }

    /// <summary>Whether there is a link now.</summary>
    public bool IsConnected => _link is { IsLost: false };

    internal TimeProvider Time => _time;

    /// <summary>Grows with each new link; 0 before the first. Streams and subscriptions of an older one are gone, and job ids may start again.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>
    /// Makes sure that there is a link: waits until the next attempt is due, then makes that one attempt, shared with everyone who wants a link at that moment.
    /// Called in a loop it keeps the pace of <see cref="BackoffPolicy"/>.
    /// </summary>
    /// <exception cref="BrokerDisconnectedException">The attempt failed.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (!IsConnected && _backoff.Remaining is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }

        await LinkAsync("", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when the present link is lost; at once if there is none.</summary>
    public Task WaitForLossAsync(CancellationToken cancellationToken) =>
        _link is { } link ? link.Lost.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Completes when the link of that generation is lost; at once if it is not the present one.</summary>
    public Task WaitForLossAsync(long generation, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return generation == Generation ? WaitForLossAsync(cancellationToken) : Task.CompletedTask;
        }
    }

    /// <summary>Asks once. While the broker is away and the next attempt to reach it is not due, this fails at once.</summary>
    /// <returns>The answer; <see cref="JsonValueKind.Undefined"/> if it has no payload.</returns>
    /// <exception cref="BrokerException">The broker said no, or (<see cref="BrokerDisconnectedException"/>) is away.</exception>
    /// <exception cref="TimeoutException">The request's timeout passed.</exception>
    public async Task<JsonElement> CallAsync(RpcRequest request, CancellationToken cancellationToken) =>
        RpcPayload.Json(await AskAsync(request, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="CallAsync(RpcRequest, CancellationToken)"/>
    /// <returns>The answer.</returns>
    public async Task<T> CallAsync<T>(RpcRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        RpcPayload.Json(await AskAsync(request, cancellationToken).ConfigureAwait(false), type);

    /// <summary>Asks and yields each answer until the broker ends the stream normally. Leaving early tells the broker.</summary>
    /// <param name="cancelTopic">What ends the stream at the broker; null if nothing does (see <see cref="BrokerLink.StreamAsync"/>).</param>
    /// <exception cref="BrokerException">The stream ended with an error, or (<see cref="BrokerDisconnectedException"/>) with the link.</exception>
    public async IAsyncEnumerable<JsonElement> StreamAsync(
        RpcRequest request, string? cancelTopic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in StreamMessagesAsync(request, cancelTopic, cancellationToken).ConfigureAwait(false))
        {
            yield return RpcPayload.Json(message);
        }
    }

    /// <summary>The same, with each answer as it came: for what is not JSON, or is parsed elsewhere.</summary>
    public async IAsyncEnumerable<FluxMessage> StreamMessagesAsync(
        RpcRequest request, string? cancelTopic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var link = await LinkAsync(request.Topic, cancellationToken).ConfigureAwait(false);
        await foreach (var message in link.StreamAsync(request, cancelTopic, cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    /// <summary>Yields the events whose topic starts with <paramref name="topicPrefix"/>; unsubscribes at the end.</summary>
    /// <param name="subscribed">Called once the broker has confirmed.</param>
    /// <exception cref="BrokerDisconnectedException">The link was lost; events may be missed until the next subscription.</exception>
    public async IAsyncEnumerable<FluxMessage> SubscribeAsync(
        string topicPrefix, [EnumeratorCancellation] CancellationToken cancellationToken, Action? subscribed = null)
    {
        var link = await LinkAsync("event.subscribe", cancellationToken).ConfigureAwait(false);
        await foreach (var message in link.SubscribeAsync(topicPrefix, subscribed, cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    /// <summary>Closes the link, which fails what is pending, and lets nobody connect again.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<Attempt>? attempt;
        lock (_gate)
        {
            if (_disposing.IsCancellationRequested)
            {
                return;
            }

            _disposing.Cancel();
            attempt = _attempt;
        }

        if (attempt is not null)
        {
            await attempt.ConfigureAwait(false);
        }

        if (_link is { } link)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        await _retiring.ConfigureAwait(false);
        _disposing.Dispose();
    }

    private async Task<FluxMessage> AskAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var link = await LinkAsync(request.Topic, cancellationToken).ConfigureAwait(false);
        return await link.CallAsync(request with { Timeout = request.Timeout ?? _options.RequestTimeout }, cancellationToken).ConfigureAwait(false);
    }
}
