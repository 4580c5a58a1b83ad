namespace Pvm2.Runtime.Text.Parsing;

/// <summary>The sections of an assembly source.</summary>
internal enum SectionKind : byte
{
    /// <summary><c>.text</c>: the code.</summary>
    Text,

    /// <summary><c>.rodata</c>: the read-only region.</summary>
    ReadOnlyData,

    /// <summary><c>.data</c>: the initialised part of the read-write region.</summary>
    Data,

    /// <summary><c>.bss</c>: the zero-filled part of the read-write region.</summary>
    Bss,
}
