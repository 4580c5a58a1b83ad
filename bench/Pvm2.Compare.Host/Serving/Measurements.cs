using System.Diagnostics;
using Pvm2.Compare.Host.Engines;
using Pvm2.Compare.Host.Platform;
using Pvm2.Measuring;

namespace Pvm2.Compare.Host.Serving;

/// <summary>Everything that is measured of one engine, with the same clocks for every engine.</summary>
/// <remarks>
/// The clock stands still while what a repetition made is freed. Garbage is collected after each measurement, so that the
/// next one finds none. Within the repetitions of a measurement nothing is collected but what .NET does by itself, which
/// is inside the clock.
/// </remarks>
/// <param name="engine">The engine, which is disposed of with this.</param>
internal sealed class Measurements(IServedEngine engine) : IDisposable
{
    private IServedProgram? _program;
    private IServedInstance? _instance;
    private ulong? _result;

    /// <summary>The processor that <see cref="Run"/> keeps to; null for any.</summary>
    public int? Processor { get; set; }

    /// <summary>Reads a program, instead of the one before.</summary>
    public void Load(string path)
    {
        Drop();
        engine.Load(path);
        Garbage.Collect();
    }

    /// <summary>Compiles again and again. The clock is stopped in between, and what was compiled is let go of.</summary>
    /// <returns>Nanoseconds.</returns>
    public long Compile(int count)
    {
        var ticks = 0L;
        for (var done = 0; done < count; done++)
        {
            var start = Stopwatch.GetTimestamp();
            var code = engine.Compile();
            ticks += Stopwatch.GetTimestamp() - start;
            (code as IDisposable)?.Dispose();
        }

        Garbage.Collect();
        return ToNanoseconds(ticks);
    }

    /// <summary>Goes from bytes to the first result again and again. The clock is stopped in between.</summary>
    /// <exception cref="EngineException">The results differ, or a guest failed.</exception>
    public Timing Cold(int count)
    {
        var ticks = 0L;
        var result = 0UL;
        for (var done = 0; done < count; done++)
        {
            result = Check(RunOnce(ref ticks));
        }

        Garbage.Collect();
        return new Timing(ToNanoseconds(ticks), result);
    }

    /// <summary>
    /// Runs an instance that has run before again and again, without a pause of the clock. The instance is the same for all
    /// measurements of a program.
    /// </summary>
    /// <exception cref="EngineException">The results differ, or a guest failed.</exception>
    public Timing Run(int count)
    {
        var instance = FindInstance();
        var result = 0UL;
        long ticks;
        using (ProcessorPin.TryBind(Processor))
        {
            var start = Stopwatch.GetTimestamp();
            for (var done = 0; done < count; done++)
            {
                result = Check(instance.Run());
            }

            ticks = Stopwatch.GetTimestamp() - start;
        }

        Garbage.Collect();
        return new Timing(ToNanoseconds(ticks), result);
    }

    /// <summary>Makes instances of one compiled program, each of which runs once and lives until all have.</summary>
    /// <param name="count">How many.</param>
    /// <param name="bytes">By how much resident memory grew; 0 where it did not.</param>
    /// <returns>The time to make them and run them.</returns>
    /// <exception cref="EngineException">The results differ, a guest failed, or there is no room for so many.</exception>
    public Timing RunInstances(int count, out long bytes)
    {
        using var program = engine.Open();
        using var first = program.CreateInstance();
        var result = Check(first.Run());
        var instances = new IServedInstance?[count];
        try
        {
            ProcessMemory.ReturnFreed();
            var before = ProcessMemory.Read().Resident;
            var start = Stopwatch.GetTimestamp();
            Fill(instances, program);
            var ticks = Stopwatch.GetTimestamp() - start;
            ProcessMemory.ReturnFreed();
            bytes = Math.Max(0, ProcessMemory.Read().Resident - before);
            return new Timing(ToNanoseconds(ticks), result);
        }
        finally
        {
            DisposeAll(instances);
            Garbage.Collect();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        engine.Dispose();
    }

    private static long ToNanoseconds(long ticks) => (long)(ticks * (1e9 / Stopwatch.Frequency));

    private static void DisposeAll(IServedInstance?[] instances)
    {
        foreach (var instance in instances)
        {
            instance?.Dispose();
        }

        Array.Clear(instances);
    }

    private ulong RunOnce(ref long ticks)
    {
        var start = Stopwatch.GetTimestamp();
        using var program = engine.Open();
        using var instance = program.CreateInstance();
        var result = instance.Run();
        ticks += Stopwatch.GetTimestamp() - start;
        return result;
    }

    private void Fill(IServedInstance?[] instances, IServedProgram program)
    {
        for (var made = 0; made < instances.Length; made++)
        {
            IServedInstance instance;
            try
            {
                instance = program.CreateInstance();
            }
            catch (Exception exception) when (exception is not EngineException)
            {
                throw new EngineException($"there is no room for more than {made} instances: {exception.Message}");
            }

            instances[made] = instance;
            _ = Check(instance.Run());
        }
    }

    private IServedInstance FindInstance()
    {
        if (_instance is null)
        {
            _program ??= engine.Open();
            var instance = _program.CreateInstance();
            _instance = instance;
            _ = Check(instance.Run());
        }

        return _instance;
    }

    private ulong Check(ulong result)
    {
        _result ??= result;
        return result == _result ? result : throw new EngineException($"a run left 0x{result:x}, and one before it 0x{_result:x}");
    }

    private void Drop()
    {
        _instance?.Dispose();
        _program?.Dispose();
        (_instance, _program, _result) = (null, null, null);
    }
}
