namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>An order, or what is wrong with the request for one.</summary>
internal sealed record MadeOrder(JobOrder? Order, OrderErrors? Errors)
{
    internal MadeOrder(JobOrder order)
        : this(order, null)
    {
    }

    internal MadeOrder(OrderErrors errors)
        : this(null, errors)
    {
    }
}
