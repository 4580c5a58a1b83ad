using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Code;

/// <summary>A piece of memory that is mapped writable and executable, at different addresses, and its free list.</summary>
internal sealed class CodeChunk
{
    /// <summary>Blocks start at multiples of a cache line.</summary>
    private const int Granularity = 64;

    // Free runs in ascending order, never touching each other.
    private readonly SortedList<int, int> _free = [];
    private int _freeBytes;

    private CodeChunk(nint writable, nint executable, int size, bool isForProfilers)
    {
        IsForProfilers = isForProfilers;
        Writable = writable;
        Executable = executable;
        Size = size;
        _freeBytes = size;
        _free.Add(0, size);
    }

    /// <summary>Where the chunk is written.</summary>
    internal nint Writable { get; }

    /// <summary>Where the chunk is executed.</summary>
    internal nint Executable { get; }

    /// <summary>Its bytes.</summary>
    internal int Size { get; }

    /// <summary>Bytes handed out.</summary>
    internal int UsedBytes => Size - _freeBytes;

    /// <summary>Whether no block of it is in use.</summary>
    internal bool IsEmpty => _freeBytes == Size;

    /// <summary>Whether any block was taken since all pages were given back.</summary>
    internal bool MayHoldPages { get; private set; }

    /// <summary>Whether profilers see the chunk as generated code.</summary>
    internal bool IsForProfilers { get; }

    /// <summary>Maps a chunk.</summary>
    /// <param name="executable">Where it is to be executed: reserved addresses.</param>
    /// <param name="size">Its bytes, whole pages.</param>
    /// <param name="forProfilers">
    /// Whether it is memory without a file. Linux's perf looks for names of generated code only there. Where memory
    /// may not become executable that was not, as hardened systems have it, a memory file can still be mapped so.
    /// </param>
    /// <param name="chunk">The chunk.</param>
    internal static bool TryMap(nint executable, int size, bool forProfilers, [NotNullWhen(true)] out CodeChunk? chunk)
    {
        var writable = forProfilers ? MapMemory(executable, (nuint)size) : MapFile(executable, (nuint)size);
        chunk = writable == 0 ? null : new CodeChunk(writable, executable, size, forProfilers);
        return chunk is not null;
    }

    /// <summary>Maps a new memory file twice.</summary>
    /// <returns>Where it is written; zero if the system refuses.</returns>
    private static nint MapFile(nint executable, nuint size)
    {
        var file = LinuxMemory.CreateFile("pvm2-code"u8, size);
        if (file < 0)
        {
            return 0;
        }

        var writable = LinuxMemory.MapFile(0, size, LinuxMemory.Read | LinuxMemory.Write, file);
        var isMapped = writable != 0
            && LinuxMemory.MapFile(executable, size, LinuxMemory.Read | LinuxMemory.Execute, file) != 0;

        // The mappings keep the file.
        _ = LinuxMemory.Close(file);
        return KeepIf(isMapped, writable, size);
    }

    /// <summary>Maps memory without a file twice.</summary>
    /// <returns>Where it is written; zero if the system refuses.</returns>
    private static nint MapMemory(nint executable, nuint size)
    {
        var writable = LinuxMemory.MapShared(size);
        return KeepIf(writable != 0 && LinuxMemory.MapAgainExecutable(writable, size, executable), writable, size);
    }

    private static nint KeepIf(bool isMapped, nint writable, nuint size)
    {
        if (isMapped || writable == 0)
        {
            return writable;
        }

        _ = LinuxMemory.Unmap(writable, size);
        return 0;
    }

    /// <summary>Takes the first free run that is large enough.</summary>
    internal bool TryAllocate(int bytes, out CodeBlock block)
    {
        var size = (int)((bytes + (long)Granularity - 1) / Granularity * Granularity);
        block = default;
        if (size > _freeBytes)
        {
            return false;
        }

        for (var i = 0; i < _free.Count; i++)
        {
            var length = _free.GetValueAtIndex(i);
            if (length >= size)
            {
                var offset = _free.GetKeyAtIndex(i);
                _free.RemoveAt(i);
                if (length > size)
                {
                    _free.Add(offset + size, length - size);
                }

                _freeBytes -= size;
                MayHoldPages = true;
                block = new CodeBlock(this, offset, size);
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts a block back, and joins it with free neighbours.</summary>
    internal void Free(in CodeBlock block)
    {
        var (offset, size) = (block.Offset, block.Size);
        _freeBytes += size;
        _free.Add(offset, size);
        var index = _free.IndexOfKey(offset);
        if (index + 1 < _free.Count && _free.GetKeyAtIndex(index + 1) == offset + size)
        {
            size += _free.GetValueAtIndex(index + 1);
            _free.RemoveAt(index + 1);
            _free.SetValueAtIndex(index, size);
        }

        if (index > 0 && _free.GetKeyAtIndex(index - 1) + _free.GetValueAtIndex(index - 1) == offset)
        {
            _free.SetValueAtIndex(index - 1, _free.GetValueAtIndex(index - 1) + size);
            _free.RemoveAt(index);
        }
    }

    /// <summary>Gives the whole pages of a free block back to the system; they read as zero when they are used again.</summary>
    internal static void Discard(in CodeBlock block)
    {
        const int PageSize = (int)AddressSpace.PageSize;
        var start = (block.Offset + PageSize - 1) & -PageSize;
        var end = (block.Offset + block.Size) & -PageSize;
        block.Chunk.Discard(start, end);
    }

    /// <summary>Gives all pages of an empty chunk back to the system.</summary>
    internal void Discard()
    {
        Discard(0, Size);
        MayHoldPages = false;
    }

    private void Discard(int start, int end)
    {
        if (start < end)
        {
            // Where the system will not have them, they stay.
            _ = LinuxMemory.DiscardShared(Writable + start, (nuint)(end - start));
        }
    }

    /// <summary>Copies code into a block.</summary>
    internal static unsafe void Write(in CodeBlock block, ReadOnlySpan<byte> code)
    {
        // The block is this owner's, lies inside the chunk's writable mapping, and is at least as long as the code.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code.Length, block.Size);
        code.CopyTo(MemoryMarshal.CreateSpan(ref *(byte*)block.Writable, block.Size));
    }
}
