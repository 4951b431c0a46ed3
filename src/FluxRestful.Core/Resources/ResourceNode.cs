namespace FluxRestful.Core.Resources;

/// <summary>What a resource set holds of one broker rank.</summary>
/// <param name="Rank">The broker's rank.</param>
/// <param name="Host">Its name, if the set has a nodelist.</param>
/// <param name="Cores">Ids of its cores.</param>
/// <param name="Gpus">Ids of its GPUs.</param>
public sealed record ResourceNode(uint Rank, string? Host, IdSet Cores, IdSet Gpus);
