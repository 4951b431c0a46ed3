namespace FluxRestful.Tests.Fakes;

/// <summary>A ClientHello as a client sends it that knows nothing newer (RFC 5246, 7.4.1.2); no library makes an old one any more.</summary>
internal static class TlsHello
{
    /// <param name="minor">0: SSL 3.0; 1, 2, 3: TLS 1.0, 1.1, 1.2.</param>
    internal static byte[] Of(byte minor)
    {
        byte[] extensions =
        [
            // supported_groups: secp256r1, x25519; ec_point_formats: uncompressed; signature_algorithms: ecdsa_secp256r1_sha256, ecdsa_sha1.
            0, 10, 0, 6, 0, 4, 0, 23, 0, 29,
            0, 11, 0, 2, 1, 0,
            0, 13, 0, 6, 0, 4, 4, 3, 2, 3,
        ];
        byte[] body =
        [
            3, minor, .. new byte[32], 0,
            // ECDHE with ECDSA: AES-128-GCM-SHA256, which 1.2 brought, and AES-128-CBC-SHA, which the old ones have.
            0, 4, 0xC0, 0x2B, 0xC0, 0x09,
            1, 0,
            0, (byte)extensions.Length, .. extensions,
        ];
        return [22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }
}
