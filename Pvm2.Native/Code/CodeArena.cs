using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Native.Code;

/// <summary>
/// The one place in the process where generated code lies: a run of reserved addresses in which chunks are mapped
/// twice, writable here and executable there, and handed out in blocks to all modules.
/// </summary>
/// <remarks>
/// <para>W^X: no address is ever writable and executable. A chunk is a memory file with two mappings, so code is
/// written through one without changing the rights of the other.</para>
/// <para>The executable mappings lie in one reservation, because the fault handler must decide with two comparisons
/// whether a fault is ours.</para>
/// <para>A lock guards the free lists. It is taken when a module is compiled or collected, never while code runs.
/// Freed code may be overwritten at once: what runs in a block keeps the block's owner alive.</para>
/// <para>Addresses stay the arena's for good. The memory behind them goes back to the system where much of it is
/// free.</para>
/// </remarks>
internal sealed class CodeArena : IDisposable
{
    /// <summary>Addresses set aside for code. It is only a reservation: pages cost when chunks are mapped.</summary>
    private const int ReservedBytes = 0x7000_0000;

    /// <summary>The smallest chunk: some hundred small modules.</summary>
    private const int ChunkBytes = 4 << 20;

    /// <summary>A block of this size or more gives its pages back when it is freed. Smaller ones are soon used again.</summary>
    private const int LargeBlockBytes = 16 << 20;

    /// <summary>Empty chunks keep their pages up to so many bytes: code that is put there takes no page faults.</summary>
    private const long MaxIdleBytes = 64 << 20;

    private readonly Lock _lock = new();
    private readonly List<CodeChunk> _chunks = [];
    private readonly nint _start;
    private long _mapped;

    private CodeArena(nint start) => _start = start;

    /// <summary>First executable address.</summary>
    internal nint Start => _start;

    /// <summary>The address after the last executable one.</summary>
    internal nint End => _start + ReservedBytes;

    /// <summary>Bytes of code that are in use.</summary>
    internal long UsedBytes
    {
        get
        {
            lock (_lock)
            {
                return _chunks.Sum(chunk => chunk.UsedBytes);
            }
        }
    }

    /// <summary>Bytes of empty chunks whose pages may still be there. The lock is held.</summary>
    private long IdleBytes => _chunks.Sum(chunk => chunk.IsEmpty && chunk.MayHoldPages ? (long)chunk.Size : 0);

    /// <summary>Reserves the arena's addresses, and finds out whether memory may be executed.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="reason">Why there is none, as a sentence; empty where there is one.</param>
    internal static bool TryCreate([NotNullWhen(true)] out CodeArena? arena, out string reason)
    {
        arena = null;
        var start = LinuxMemory.Reserve(ReservedBytes);
        if (start == 0)
        {
            reason = $"The system gives this process no {ReservedBytes >> 20} MiB of addresses for code.";
            return false;
        }

        var created = new CodeArena(start);
        if (!created.TryAddChunk(ChunkBytes, forProfilers: false))
        {
            created.Dispose();
            reason = "The system does not let this process map executable memory.";
            return false;
        }

        (arena, reason) = (created, string.Empty);
        return true;
    }

    /// <summary>Gives all memory and addresses back. Nothing may lie in the arena any more.</summary>
    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            _ = LinuxMemory.Unmap(chunk.Writable, (nuint)chunk.Size);
        }

        _chunks.Clear();
        _ = LinuxMemory.Unmap(_start, ReservedBytes);
    }

    /// <summary>Takes a block of the arena.</summary>
    /// <param name="bytes">Its size; at least 1.</param>
    /// <param name="forProfilers">Whether profilers shall see it as generated code; see <see cref="CodeChunk.TryMap"/>.</param>
    /// <param name="block">The block.</param>
    /// <returns>Whether there was room.</returns>
    internal bool TryAllocate(int bytes, bool forProfilers, out CodeBlock block)
    {
        lock (_lock)
        {
            foreach (var chunk in _chunks)
            {
                if (chunk.IsForProfilers == forProfilers && chunk.TryAllocate(bytes, out block))
                {
                    return true;
                }
            }

            block = default;
            return TryAddChunk(Math.Max(ChunkBytes, bytes), forProfilers) && _chunks[^1].TryAllocate(bytes, out block);
        }
    }

    /// <summary>Gives a block back. Nothing may run in it any more.</summary>
    internal void Free(in CodeBlock block)
    {
        lock (_lock)
        {
            var chunk = block.Chunk;
            chunk.Free(block);
            var isLarge = block.Size >= LargeBlockBytes;
            if (chunk.IsEmpty && (isLarge || IdleBytes > MaxIdleBytes))
            {
                chunk.Discard();
            }
            else if (isLarge)
            {
                CodeChunk.Discard(block);
            }
        }
    }

    private bool TryAddChunk(int bytes, bool forProfilers)
    {
        var size = (bytes + ChunkBytes - 1L) / ChunkBytes * ChunkBytes;
        if (_mapped + size > ReservedBytes || !CodeChunk.TryMap(_start + (nint)_mapped, (int)size, forProfilers, out var chunk))
        {
            return false;
        }

        _mapped += size;
        _chunks.Add(chunk);
        return true;
    }
}
