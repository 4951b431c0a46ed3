namespace FluxRestful.Core.Jobs;

/// <summary>The ways of writing a job id (RFC 19, flux_job_id_encode(3)).</summary>
public enum JobIdFormat
{
    /// <summary>Base 58 after an ASCII <c>f</c>: fit for URLs.</summary>
    F58,

    /// <summary>Base 58 after <c>ƒ</c> (U+0192), as Flux shows it in a UTF-8 locale.</summary>
    F58Unicode,

    /// <summary>A decimal number.</summary>
    Dec,

    /// <summary><c>0x</c> and lower-case hex digits without padding.</summary>
    Hex,

    /// <summary>Four groups of four hex digits.</summary>
    DotHex,

    /// <summary>The key of the job in the key-value store: <c>job.</c> and the dotted hex form.</summary>
    Kvs,

    /// <summary>Six words.</summary>
    Words,

    /// <summary>One to seven emoji.</summary>
    Emoji,
}
