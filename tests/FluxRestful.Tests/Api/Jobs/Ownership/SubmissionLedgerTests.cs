using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Jobs.Ownership;

public sealed class SubmissionLedgerTests
{
    [Fact]
    public async Task What_is_recorded_is_found()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();
        var request = Guid.NewGuid();

        await ledger.RecordAsync(request, alice.Id, CancellationToken.None);

        Assert.Equal(new SubmissionRow(alice.Id, null), (await ledger.FindAsync([request, Guid.NewGuid()], CancellationToken.None)).Single().Value);
    }

    [Fact]
    public async Task A_request_becomes_one_job_and_stays_it()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();
        var request = Guid.NewGuid();

        await ledger.RecordAsync(request, alice.Id, CancellationToken.None);
        ledger.Complete(request, 1ul << 63);
        ledger.Complete(request, 5);
        await ledger.RecordAsync(Guid.NewGuid(), alice.Id, CancellationToken.None);

        Assert.Equal(1ul << 63, (await ledger.FindAsync([request], CancellationToken.None))[request].JobId);
    }

    [Fact]
    public async Task A_refused_request_leaves_nothing()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();
        var request = Guid.NewGuid();

        await ledger.RecordAsync(request, alice.Id, CancellationToken.None);
        ledger.Forget(request);
        await ledger.RecordAsync(Guid.NewGuid(), alice.Id, CancellationToken.None);

        Assert.Empty(await ledger.FindAsync([request], CancellationToken.None));
    }

    [Fact]
    public async Task A_job_of_a_lost_database_is_adopted_once()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();
        var request = Guid.NewGuid();

        ledger.Adopt(request, alice.Id, 5);
        ledger.Adopt(request, alice.Id, 6);
        await ledger.RecordAsync(Guid.NewGuid(), alice.Id, CancellationToken.None);

        Assert.Equal(new SubmissionRow(alice.Id, 5), (await ledger.FindAsync([request], CancellationToken.None))[request]);
    }

    [Fact]
    public async Task Many_at_once_are_all_recorded()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();
        var requests = Enumerable.Range(0, 2000).Select(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(requests.Select(request => ledger.RecordAsync(request, alice.Id, CancellationToken.None)));

        Assert.Equal(2000, (await ledger.FindAsync(requests, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task What_comes_after_the_end_is_refused_and_the_end_does_not_throw()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();

        await ledger.StopAsync(new CancellationToken(canceled: true));

        await Assert.ThrowsAsync<NotRecordedException>(() => ledger.RecordAsync(Guid.NewGuid(), alice.Id, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_cannot_be_written_does_not_stop_the_others()
    {
        await using var app = new TestApp();
        var alice = await app.AddTenantAsync("alice", "a long password");
        var ledger = app.Services.GetRequiredService<SubmissionLedger>();
        const int nobody = 999;

        await Assert.ThrowsAsync<NotRecordedException>(() => ledger.RecordAsync(Guid.NewGuid(), nobody, CancellationToken.None));

        await ledger.RecordAsync(Guid.NewGuid(), alice.Id, CancellationToken.None);
    }
}
