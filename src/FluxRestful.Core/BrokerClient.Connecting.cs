using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;
using Microsoft.Extensions.Logging;

namespace FluxRestful.Core;

// How a link comes about.
public sealed partial class BrokerClient
{
    // Follows each link to its loss, one after the other, so that the loss is counted and logged even if nobody was using it.
    private Task _retiring = Task.CompletedTask;

    private async ValueTask<BrokerLink> LinkAsync(string topic, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_link is { IsLost: false } link)
        {
            return link;
        }

        var outcome = await SharedAttempt(topic).WaitAsync(cancellationToken).ConfigureAwait(false);
        return outcome.Link ?? throw outcome.Failure!.For(topic, _backoff.Remaining);
    }

    private Task<Attempt> SharedAttempt(string topic)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
            if (_link is { IsLost: false } link)
            {
                return Task.FromResult(new Attempt(link, null));
            }

            if (_attempt is { IsCompleted: false })
            {
                return _attempt;
            }

            if (_link is not null)
            {
                // Its loss may not have been counted yet; that happens here or in RetireAsync, whoever is first.
                CountLoss(_link);
            }

            if (_backoff.Remaining is { Ticks: > 0 } wait)
            {
                throw _lastFailure.For(topic, wait);
            }

            return _attempt = Task.Run(AttemptAsync);
        }
    }

    // Never throws: nobody may be waiting any more. It runs under the client's own token, not under that of the caller who happened to be first.
    private async Task<Attempt> AttemptAsync()
    {
        using var deadline = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _disposing.Token);
        try
        {
            var frames = await BrokerSocket.ConnectAsync(_options.Uri, either.Token).ConfigureAwait(false);
            return Succeeded(new BrokerLink(frames, _time, _logger));
        }
        catch (BrokerDisconnectedException e)
        {
            return Failed(e);
        }
        catch (OperationCanceledException e) when (!_disposing.IsCancellationRequested)
        {
            return Failed(new BrokerDisconnectedException(
                $"The broker at {_options.Uri} did not answer within {_options.ConnectTimeout}.", Errno.ETIMEDOUT, e));
        }
        catch (Exception e)
        {
            // The client is being closed, or something nobody thought of: either way those who share the attempt hear of it.
            return Failed(new BrokerDisconnectedException($"No connection to the broker at {_options.Uri}.", innerException: e));
        }
    }

    private Attempt Succeeded(BrokerLink link)
    {
        lock (_gate)
        {
            _backoff.Connected();
            _link = link;
            var generation = Interlocked.Increment(ref _generation);
            LogConnected(_options.Uri, generation);
            _retiring = RetireAsync(_retiring, link);
        }

        return new Attempt(link, null);
    }

    private Attempt Failed(BrokerDisconnectedException failure)
    {
        lock (_gate)
        {
            _backoff.Failed();
            _lastFailure = failure;
        }

        if (!_disposing.IsCancellationRequested)
        {
            LogFailed(_options.Uri, failure.Message);
        }

        return new Attempt(null, failure);
    }

    private async Task RetireAsync(Task before, BrokerLink link)
    {
        await before.ConfigureAwait(false);
        await link.Lost.ConfigureAwait(false);
        lock (_gate)
        {
            CountLoss(link);
        }

        await link.DisposeAsync().ConfigureAwait(false);
    }

    private void CountLoss(BrokerLink link)
    {
        if (_link != link)
        {
            return;
        }

        _link = null;
        _backoff.Lost();
        _lastFailure = link.Fault ?? _lastFailure;
        if (!_disposing.IsCancellationRequested)
        {
            LogLost(_options.Uri, _lastFailure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the broker at {Uri} (link {Generation}).")]
    private partial void LogConnected(string uri, long generation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the broker at {Uri}: {Reason}")]
    private partial void LogLost(string uri, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to the broker at {Uri}: {Reason}")]
    private partial void LogFailed(string uri, string reason);

    private sealed record Attempt(BrokerLink? Link, BrokerDisconnectedException? Failure);
}
