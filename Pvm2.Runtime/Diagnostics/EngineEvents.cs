using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// What the engine tells tools outside, such as <c>dotnet-counters</c> and <c>dotnet-trace</c>: the event source
/// <c>Pvm2</c>. Its events and counters are listed in docs/observability.md.
/// </summary>
/// <remarks>
/// What is rare (modules, instances, compilations, promotions) is counted always. What every run does is counted while
/// someone listens, so that otherwise a run pays one comparison for it. Safe for use by many threads.
/// </remarks>
[EventSource(Name = SourceName)]
public sealed unsafe class EngineEvents : EventSource
{
    /// <summary>The name by which tools know the source.</summary>
    public const string SourceName = "Pvm2";

    private const int CodeCompiledEvent = 1;
    private const int PromotedEvent = 2;
    private const int RunEndedEvent = 3;
    private const int ModuleLoadedEvent = 4;

    private const string TrimReason = "The fields of these events are numbers and strings, which trimming leaves whole.";

    private readonly EngineCounters _counters = new();

    // Told the name, the base class need not look for attributes, which takes a process milliseconds at its start.
    private EngineEvents()
        : base(SourceName)
    {
    }

    /// <summary>The source; there is one a process.</summary>
    public static EngineEvents Log { get; } = new();

    /// <summary>Tells that a tier has made code.</summary>
    /// <param name="tier">The tier's name.</param>
    /// <param name="module">What the code is of.</param>
    /// <param name="model">The gas model that it charges by.</param>
    /// <param name="blocks">How many basic blocks were compiled.</param>
    /// <param name="bytes">How large the code is; see <see cref="CodeStatistics.Bytes"/>.</param>
    /// <param name="started">When that was begun, as <see cref="Stopwatch.GetTimestamp"/> counts.</param>
    [NonEvent]
    public void Compiled(string tier, Module module, GasModel model, int blocks, long bytes, long started)
    {
        ArgumentNullException.ThrowIfNull(module);
        _counters.AddCode(tier, blocks, bytes);
        if (IsEnabled(EventLevel.Informational, Keywords.Compilation))
        {
            var time = Stopwatch.GetElapsedTime(started);
            CodeCompiled(tier, module.Hash.ToString(), model.ToString(), blocks, bytes, (long)time.TotalMicroseconds);
        }
    }

    /// <summary>Tells that a module goes on in the code of another tier.</summary>
    /// <param name="module">The module.</param>
    /// <param name="from">Name of the tier that ran it.</param>
    /// <param name="to">Name of the tier that runs it from now on.</param>
    [NonEvent]
    public void Promoted(Module module, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(module);
        _counters.AddPromotion();
        if (IsEnabled(EventLevel.Informational, Keywords.Promotion))
        {
            Promoted(module.Hash.ToString(), from, to);
        }
    }

    /// <summary>Tells that a module was made.</summary>
    [NonEvent]
    internal void Loaded(Module module)
    {
        _counters.AddModule();
        if (IsEnabled(EventLevel.Informational, Keywords.Modules))
        {
            ModuleLoaded(module.Hash.ToString(), module.Program.Code.Length, module.Blocks.Count);
        }
    }

    /// <summary>Tells that an instance was made.</summary>
    [NonEvent]
    internal void InstanceCreated() => _counters.AddInstance();

    /// <summary>Tells that a run has ended or paused. To be called only while the source is enabled.</summary>
    /// <param name="module">What ran.</param>
    /// <param name="tier">Name of the tier that it ran on.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="gasUsed">Gas used since the run was begun or gone on with.</param>
    [NonEvent]
    internal void Ended(Module module, string tier, Exit exit, ulong gasUsed)
    {
        _counters.AddExit(exit.Reason, gasUsed);
        if (IsEnabled(EventLevel.Verbose, Keywords.Runs))
        {
            RunEnded(module.Hash.ToString(), tier, exit.Reason.ToString(), exit.ProgramCounter, gasUsed);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command?.Command == EventCommand.Enable)
        {
            _counters.Publish(this);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _counters.Dispose();
        }

        base.Dispose(disposing);
    }

    [Event(CodeCompiledEvent, Level = EventLevel.Informational, Keywords = Keywords.Compilation)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = TrimReason)]
    private void CodeCompiled(string tier, string program, string gasModel, int blocks, long bytes, long microseconds)
    {
        // The strings stay where they are until the event is written, which is before this returns.
        fixed (char* firstTier = tier, firstProgram = program, firstModel = gasModel)
        {
            var fields = stackalloc EventData[6];
            fields[0] = Field(firstTier, tier);
            fields[1] = Field(firstProgram, program);
            fields[2] = Field(firstModel, gasModel);
            fields[3] = Field(&blocks);
            fields[4] = Field(&bytes);
            fields[5] = Field(&microseconds);
            WriteEventCore(CodeCompiledEvent, 6, fields);
        }
    }

    [Event(PromotedEvent, Level = EventLevel.Informational, Keywords = Keywords.Promotion)]
    private void Promoted(string program, string from, string to) => WriteEvent(PromotedEvent, program, from, to);

    [Event(RunEndedEvent, Level = EventLevel.Verbose, Keywords = Keywords.Runs)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = TrimReason)]
    private void RunEnded(string program, string tier, string exit, uint programCounter, ulong gasUsed)
    {
        // As above.
        fixed (char* firstProgram = program, firstTier = tier, firstExit = exit)
        {
            var fields = stackalloc EventData[5];
            fields[0] = Field(firstProgram, program);
            fields[1] = Field(firstTier, tier);
            fields[2] = Field(firstExit, exit);
            fields[3] = Field(&programCounter);
            fields[4] = Field(&gasUsed);
            WriteEventCore(RunEndedEvent, 5, fields);
        }
    }

    [Event(ModuleLoadedEvent, Level = EventLevel.Informational, Keywords = Keywords.Modules)]
    private void ModuleLoaded(string program, int codeBytes, int blocks) =>
        WriteEvent(ModuleLoadedEvent, program, codeBytes, blocks);

    private static EventData Field(char* first, string text) =>
        new() { DataPointer = (nint)first, Size = (text.Length + 1) * sizeof(char) };

    private static EventData Field<T>(T* value)
        where T : unmanaged =>
        new() { DataPointer = (nint)value, Size = sizeof(T) };

    /// <summary>Which events a listener wants.</summary>
    public static class Keywords
    {
        /// <summary>Modules that are made.</summary>
        public const EventKeywords Modules = (EventKeywords)1;

        /// <summary>Code that is made.</summary>
        public const EventKeywords Compilation = (EventKeywords)2;

        /// <summary>Modules that go on in better code.</summary>
        public const EventKeywords Promotion = (EventKeywords)4;

        /// <summary>Runs that end or pause.</summary>
        public const EventKeywords Runs = (EventKeywords)8;
    }
}
