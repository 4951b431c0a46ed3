namespace FluxRestful.Core.Services.Messages;

/// <summary>What to do with the reason of a node that is drained already.</summary>
public enum DrainMode
{
    /// <summary>Give it one if it had none.</summary>
    Update,

    /// <summary>Replace it.</summary>
    Overwrite,
}
