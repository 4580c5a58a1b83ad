using Pvm2.Compare.Host.Engines;

namespace Pvm2.Compare.Tests.Host;

/// <summary>An engine that counts what is asked of it.</summary>
internal sealed class FakeEngine : IServedEngine
{
    public string Description => "Fake 1.0";

    /// <summary>What the runs leave, one after the other; the last one again and again.</summary>
    public Queue<ulong> Results { get; } = new([0xabcUL]);

    /// <summary>What cannot be measured.</summary>
    public MeasuredKind? Unsupported { get; init; }

    /// <summary>What happens to whoever asks for more instances than <see cref="Room"/>.</summary>
    public int Room { get; init; } = int.MaxValue;

    /// <summary>What happens when a program is read; null if nothing does.</summary>
    public Exception? LoadFailure { get; init; }

    public List<string> Loaded { get; } = [];

    public int Compiled { get; private set; }

    public int Runs { get; private set; }

    /// <summary>Everything that was made and not yet disposed of.</summary>
    public int Live { get; private set; }

    public int LiveInstances { get; private set; }

    public int MostLiveInstances { get; private set; }

    public bool IsDisposed { get; private set; }

    public string? WhyUnsupported(MeasuredKind kind) => kind == Unsupported ? "it has no way to" : null;

    public void Load(string path)
    {
        Loaded.Add(path);
        if (LoadFailure is not null)
        {
            throw LoadFailure;
        }
    }

    public object Compile()
    {
        Compiled++;
        return new Part(this);
    }

    public IServedProgram Open() => new Part(this);

    public void Dispose() => IsDisposed = true;

    private ulong Run()
    {
        Runs++;
        return Results.Count == 1 ? Results.Peek() : Results.Dequeue();
    }

    private sealed class Part : IServedProgram
    {
        private readonly FakeEngine _engine;

        public Part(FakeEngine engine)
        {
            _engine = engine;
            _engine.Live++;
        }

        public IServedInstance CreateInstance() => _engine.LiveInstances < _engine.Room
            ? new FakeInstance(_engine)
            : throw new InsufficientMemoryException("The system is full.");

        public void Dispose() => _engine.Live--;
    }

    private sealed class FakeInstance : IServedInstance
    {
        private readonly FakeEngine _engine;

        public FakeInstance(FakeEngine engine)
        {
            _engine = engine;
            _engine.LiveInstances++;
            _engine.MostLiveInstances = Math.Max(_engine.MostLiveInstances, _engine.LiveInstances);
        }

        public ulong Run() => _engine.Run();

        public void Dispose() => _engine.LiveInstances--;
    }
}
