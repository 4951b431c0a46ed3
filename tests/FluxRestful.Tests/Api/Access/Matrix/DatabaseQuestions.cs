using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FluxRestful.Tests.Api.Access.Matrix;

/// <summary>Counts what requests of one server ask the database by Entity Framework; what the server does by itself is not counted.</summary>
internal sealed class DatabaseQuestions : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly IHttpContextAccessor _requests;
    private readonly string _directory;
    private readonly List<IDisposable> _subscriptions = [];
    private int _count;

    /// <param name="requests">Who is being answered.</param>
    /// <param name="directory">Where the server's database is; other tests' servers are not counted.</param>
    internal DatabaseQuestions(IHttpContextAccessor requests, string directory)
    {
        (_requests, _directory) = (requests, directory);
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    internal int Count => Volatile.Read(ref _count);

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.EntityFrameworkCore")
        {
            _subscriptions.Add(listener.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> happened)
    {
        if (happened.Value is CommandEventData command && happened.Key == RelationalEventId.CommandExecuting.Name
            && _requests.HttpContext is not null && command.Connection.DataSource?.StartsWith(_directory, StringComparison.Ordinal) == true)
        {
            Interlocked.Increment(ref _count);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
