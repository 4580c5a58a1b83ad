namespace Pvm2.Linker.Input;

/// <summary>Addresses that a guest may ask the linker for by the name of an undefined symbol.</summary>
internal enum RegionBoundary : byte
{
    /// <summary><c>__heap_start</c>.</summary>
    HeapStart,

    /// <summary><c>__heap_end</c>, the byte after the heap.</summary>
    HeapEnd,

    /// <summary><c>__stack_bottom</c>, the lowest address of the stack.</summary>
    StackBottom,

    /// <summary><c>__stack_top</c>, the byte after the stack, where sp starts.</summary>
    StackTop,
}
