namespace Pvm2.Runtime.Programs;

/// <summary>Fixed points of the guest's 4 GiB address space, from the PVM2 specification.</summary>
public static class AddressSpace
{
    /// <summary>Bytes of a page, the unit of access rights and of the gas model's memory footprint.</summary>
    public const uint PageSize = 4096;

    /// <summary>Binary logarithm of <see cref="PageSize"/>.</summary>
    public const int PageShift = 12;

    /// <summary>Bytes of the whole address space: addresses are taken modulo this.</summary>
    public const ulong Size = 1UL << 32;

    /// <summary>Below this a static program can declare nothing, so a null pointer faults.</summary>
    public const uint StaticDataBase = 0x1_0000;

    /// <summary>Where the code of an xjar program lies.</summary>
    public const uint CodeBase = 0x0040_0000;

    /// <summary>The most code an xjar program can have, in bytes.</summary>
    public const uint MaxXjarCodeSize = DataBase - CodeBase;

    /// <summary>Below this an xjar program can declare no data.</summary>
    public const uint DataBase = 0x1000_0000;

    /// <summary>The number of jump tables that <c>br_table</c>'s 12 bits can name.</summary>
    public const int MaxJumpTables = 4096;
}
