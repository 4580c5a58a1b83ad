namespace Pvm2.Native.Memory;

/// <summary>
/// A reserved run of addresses with the memory of one program mapped in it. One instance has it at a time; between
/// two it is in its initial state and waits in the <see cref="WindowPool"/>.
/// </summary>
internal sealed class Window
{
    internal Window(nint address, WindowSource source, bool ownsContent)
    {
        Address = address;
        Source = source;
        OwnsContent = ownsContent;
        Place = new LinkedListNode<Window>(this);
    }

    /// <summary>Host address of guest address 0.</summary>
    internal nint Address { get; }

    /// <summary>Whose program is mapped in it. A window never changes its program.</summary>
    internal WindowSource Source { get; }

    /// <summary>Whether the initial content was copied into the window, rather than mapped from a file.</summary>
    internal bool OwnsContent { get; }

    /// <summary>Writable pages that hold memory although they are in their initial state; of an idle window.</summary>
    internal int IdlePages { get; set; }

    /// <summary>When it became idle, by the pool's count.</summary>
    internal long IdleSince { get; set; }

    /// <summary>Its place among all idle windows.</summary>
    internal LinkedListNode<Window> Place { get; }
}
