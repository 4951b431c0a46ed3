using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FluxRestful.Api.Idempotency;

/// <summary>
/// The attempt that this HTTP request is, if it came with an Idempotency-Key: what it makes is named after it, so that it is found again when the request is
/// repeated after its answer was lost.
/// </summary>
internal sealed class RequestAttempt
{
    /// <summary>Null: the request has no key.</summary>
    public Guid? Id { get; private set; }

    /// <summary>It was tried before, and nobody knows how that ended.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Something of it is undone, or in doubt: the answer is not the last word, and the request may be repeated for the rest.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Of what is open something may have been done all the same. Otherwise it may be repeated at once.</summary>
    public bool IsInDoubt { get; private set; }

    public void LeaveOpen(bool isInDoubt) => (IsOpen, IsInDoubt) = (true, IsInDoubt || isInDoubt);

    public void Begin(Guid id, bool isRepeated) => (Id, IsRepeated) = (id, isRepeated);

    /// <summary>The name of one thing that the request makes; the same each time it is repeated. Null: it needs no such name.</summary>
    public Guid? NameOf(int index)
    {
        if (Id is not { } id)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[20];
        id.TryWriteBytes(text);
        BinaryPrimitives.WriteInt32BigEndian(text[16..], index);
        return new Guid(SHA256.HashData(text).AsSpan(0, 16));
    }
}
