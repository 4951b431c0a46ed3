using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Output;
using Microsoft.Extensions.Options;

namespace FluxRestful.Tests.Api.Jobs.Output;

public sealed class OutputBudgetTests
{
    private const int Piece = 64 * 1024;

    private readonly OutputBudget _budget = new(Options.Create(new JobOptions { MaxOutputBytesTogether = 4 * Piece }));

    [Fact]
    public void One_tenant_takes_half_and_leaves_the_other_half_to_others()
    {
        using var alice = _budget.Begin(1);
        alice.Use(2 * Piece);
        using var alsoAlice = _budget.Begin(1);
        Assert.Throws<OutputBusyException>(() => alsoAlice.Use(1));

        using var bob = _budget.Begin(2);
        bob.Use(2 * Piece);
    }

    [Fact]
    public void All_together_take_no_more_than_there_is()
    {
        using var alice = _budget.Begin(1);
        alice.Use(2 * Piece);
        using var bob = _budget.Begin(2);
        bob.Use(2 * Piece);

        using var carol = _budget.Begin(3);
        Assert.Throws<OutputBusyException>(() => carol.Use(1));
    }

    [Fact]
    public void What_was_sent_is_free_again_and_only_once()
    {
        var sent = _budget.Begin(1);
        sent.Use(2 * Piece);
        sent.Dispose();
        sent.Dispose();

        using var next = _budget.Begin(1);
        next.Use(2 * Piece);
        using var third = _budget.Begin(1);
        Assert.Throws<OutputBusyException>(() => third.Use(1));
    }

    [Fact]
    public void Small_pieces_are_counted_together()
    {
        using var share = _budget.Begin(1);
        for (var used = 0; used < 2 * Piece; used += 1024)
        {
            share.Use(1024);
        }

        Assert.Throws<OutputBusyException>(() => share.Use(1));
    }
}
