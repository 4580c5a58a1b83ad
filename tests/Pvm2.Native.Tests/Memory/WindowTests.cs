using Pvm2.Native.Memory;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;
using Pvm2.Native.Tests.Kit;
using Xunit;

namespace Pvm2.Native.Tests.Memory;

/// <summary>Windows go from one instance to the next: in their initial state, within bounds, and quickly.</summary>
[Collection(ProcessAlone.Name)]
public sealed class WindowTests
{
    private const uint Base = AddressSpace.StaticDataBase;
    private const int SmallHeap = 40;
    private const int ManyPages = 6000;
    private const int TooLargeToLookAt = 20_000;

    private static readonly PageMap? Pages = PageMap.Shared;

    public static TheoryData<int, bool, bool> Ways
    {
        get
        {
            var ways = new TheoryData<int, bool, bool>();
            foreach (var heapPages in new[] { SmallHeap, ManyPages, TooLargeToLookAt })
            {
                foreach (var isShared in new[] { false, true })
                {
                    ways.Add(heapPages, isShared, true);
                    ways.Add(heapPages, isShared, false);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public unsafe void Nothing_that_one_owner_left_reaches_the_next(int heapPages, bool isShared, bool hasPageMap)
    {
        using var pool = new WindowPool();
        var layout = MakeModule(heapPages).Memory;
        var source = new WindowSource(layout, pool, new WindowCleaner(hasPageMap ? Pages : null));
        using var first = isShared ? source.Create() : null;
        var random = new Random(heapPages);
        var address = (nint)0;
        foreach (var touched in new[] { 0, 1, 3, heapPages / 2, 2, heapPages })
        {
            // The window that the round before used, and then the same again after a reset.
            using var memory = source.Create();
            Assert.True(address == 0 || address == (nint)memory.Window);
            address = (nint)memory.Window;
            for (var time = 0; time < 2; time++)
            {
                AssertInitial(memory, layout);
                Soil(memory, layout, touched, random);
                memory.Reset();
            }

            AssertInitial(memory, layout);
            Soil(memory, layout, touched, random);
        }
    }

    [Fact]
    public void Windows_of_different_programs_are_never_exchanged()
    {
        using var pool = new WindowPool();
        var cleaner = new WindowCleaner(Pages);
        var layouts = Enumerable.Range(1, 3 * WindowPool.EnoughIdle).Select(pages => MakeModule(pages).Memory).ToArray();
        var sources = layouts.Select(layout => new WindowSource(layout, pool, cleaner)).ToArray();
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var which = random.Next(sources.Length);
            using var memory = sources[which].Create();
            using var other = sources[random.Next(sources.Length)].Create();
            AssertInitial(memory, layouts[which]);
            Soil(memory, layouts[which], 2, random);
            AssertNothingBehind(memory, layouts[which]);
        }

        Assert.InRange(pool.Count, 2, WindowPool.EnoughIdle + 1);
    }

    [Fact]
    public void Idle_windows_are_bounded_in_number_and_in_memory_and_do_not_stay_for_ever()
    {
        using var pool = new WindowPool();
        var layout = MakeModule(300).Memory;
        var source = new WindowSource(layout, pool, new WindowCleaner(Pages));
        var random = new Random(2);

        // Fewer pages than an idle window may keep, and in all more than the pool may.
        HoldAndReturn(source, (int)(WindowPool.MaxIdlePages / 200) + 20, memory => Soil(memory, layout, 200, random));
        Assert.InRange(pool.Count, 60, WindowPool.MaxIdlePages / 200);

        HoldAndReturn(source, WindowPool.MaxIdle + 10, static _ => { });
        Assert.Equal(WindowPool.MaxIdle, pool.Count);

        pool.Trim();
        Assert.Equal(WindowPool.MaxIdle, pool.Count);
        using (source.Create())
        {
        }

        pool.Trim();
        Assert.Equal(1, pool.Count);
        pool.Trim();
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public void Threads_may_make_and_dispose_instances_at_once()
    {
        using var pool = new WindowPool();
        var layout = MakeModule(SmallHeap).Memory;
        var source = new WindowSource(layout, pool, new WindowCleaner(Pages));
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            using var memory = source.Create();
            AssertInitial(memory, layout);
            Soil(memory, layout, 2, new Random(number));
        });
        Assert.InRange(pool.Count, 1, 64);
    }

    [Fact]
    public void A_thousand_live_instances_cost_what_their_touched_pages_cost()
    {
        const int Count = 1000;
        const int Touched = 3;
        var module = MakeModule(250);
        var layout = module.Memory;
        Assert.True(layout.TotalSize > 1 << 20);
        var instances = new Instance[Count];
        var options = new InstanceOptions { Tier = new NativeTier() };
        using (var warmUp = module.CreateInstance(options))
        {
            Assert.Equal(ExitReason.HostCall, warmUp.Call().Reason);
        }

        var before = ResidentBytes();
        for (var i = 0; i < Count; i++)
        {
            instances[i] = module.CreateInstance(options);
            for (var page = 0; page < Touched; page++)
            {
                Assert.True(instances[i].Memory.TryWriteUInt64((uint)(layout.Writable[0].End - 8 - (ulong)(page * 4096)), 1));
            }

            Assert.Equal(ExitReason.HostCall, instances[i].Call().Reason);
        }

        // Twice what was touched, for the objects of an instance and what else this process does meanwhile; all that
        // is declared would be eighty times as much. At least a page, since idle windows give back what they held.
        var each = (ResidentBytes() - before) / Count;
        Assert.InRange(each, 4096, 2 * Touched * 4096);
        foreach (var instance in instances)
        {
            instance.Dispose();
        }
    }

    [Fact]
    public void A_run_after_a_reset_takes_no_page_faults_on_the_pages_of_the_one_before()
    {
        const int Pages = 100;
        const int Times = 50;
        var module = MakeModule(Pages);
        using var instance = module.CreateInstance(new InstanceOptions { Tier = new NativeTier() });
        Use();
        var before = Faults();
        for (var i = 0; i < Times; i++)
        {
            instance.Reset();
            Use();
        }

        Assert.InRange(Faults() - before, 0, Pages * Times / 10);

        void Use()
        {
            for (var page = 0u; page < Pages; page++)
            {
                Assert.True(instance.Memory.TryWriteUInt64((uint)module.Memory.Writable[0].End - 4096 - (page * 4096), 7));
            }
        }
    }

    /// <summary>Read-only data, a stack, data of five pages whose middle is all zero, and a heap.</summary>
    private static Module MakeModule(int heapPages)
    {
        var constant = new byte[5000];
        new Random(4).NextBytes(constant);
        var start = new byte[4500];
        new Random(5).NextBytes(start);
        start[0] = start[^1] = 1;
        return Module.Create(new GuestProgram
        {
            Profile = Profile.Static,
            Code = new byte[] { 0x0B, 0x20, 0, 0 },
            ReadOnlyData = new MemoryRegion(Base, 0x3000, constant),
            Stack = new MemoryRegion(Base + 0x3000, 0x2000),
            ReadWriteData = new MemoryRegion(
                Base + 0x5000, 0x6000, [new ContentChunk(100, start), new ContentChunk(0x4100, new byte[] { 1, 2, 3 })]),
            Heap = new MemoryRegion(Base + 0xB000, (uint)heapPages * 0x1000),
            EntryPoints = [new EntryPoint("main", 0)],
        });
    }

    /// <summary>Writes to the first and last bytes of writable pages: the stack, the data, and some of the heap.</summary>
    private static unsafe void Soil(MemoryBacking memory, MemoryLayout layout, int heapPages, Random random)
    {
        var run = layout.Writable[0];
        var pages = (int)(run.Length >> 12);
        for (var i = 0; i < heapPages + 4; i++)
        {
            var page = memory.Window + run.Start + ((long)(heapPages > 100 ? i % pages : random.Next(pages)) << 12);
            page[0] = page[4095] = page[random.Next(4096)] = (byte)random.Next(1, 256);
        }
    }

    private static unsafe void AssertInitial(MemoryBacking memory, MemoryLayout layout)
    {
        var run = layout.Readable[0];
        var host = new ReadOnlySpan<byte>(memory.Window + run.Start, (int)run.Length);
        var expected = new byte[0xB000];
        layout.ReadOnlyContent[0].CopyTo(0, expected.AsSpan(0, 0x3000));
        layout.ReadWriteContent.CopyTo(0, expected.AsSpan(0x5000, 0x6000));
        Assert.True(host[..0xB000].SequenceEqual(expected));

        // To read a page is to touch it, so of a large heap only the first pages and some others.
        var heap = host[0xB000..];
        Assert.False(heap[..Math.Min(heap.Length, 100 << 12)].ContainsAnyExcept((byte)0));
        for (var page = 100 << 12; page < heap.Length; page += 7 << 12)
        {
            Assert.False(heap.Slice(page, 4096).ContainsAnyExcept((byte)0));
        }
    }

    /// <summary>Nothing that a larger program had is still there: the page map knows no page.</summary>
    private static unsafe void AssertNothingBehind(MemoryBacking memory, MemoryLayout layout)
    {
        Span<ulong> entries = stackalloc ulong[200];
        Assert.True(Pages!.TryRead((nint)(memory.Window + layout.Readable[0].End), entries));
        Assert.False(entries.ContainsAnyExcept(0UL));
    }

    private static void HoldAndReturn(WindowSource source, int count, Action<MemoryBacking> use)
    {
        var memories = Enumerable.Range(0, count).Select(_ => source.Create()).ToArray();
        foreach (var memory in memories)
        {
            use(memory);
            memory.Dispose();
        }
    }

    private static long ResidentBytes() => Figure("/proc/self/statm", 1) * 4096;

    /// <summary>Minor page faults of this thread.</summary>
    private static long Faults() => Figure("/proc/thread-self/stat", 9);

    private static long Figure(string file, int field)
    {
        var text = File.ReadAllText(file);

        // A name in parentheses may hold spaces.
        var fields = text[(text.IndexOf(')', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[text.Contains(')', StringComparison.Ordinal) ? field - 2 : field], System.Globalization.CultureInfo.InvariantCulture);
    }
}
