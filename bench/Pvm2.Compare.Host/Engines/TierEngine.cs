using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Compare.Host.Engines;

/// <summary>One of our tiers, which all take containers.</summary>
/// <remarks>
/// <para>Compiling is <see cref="Module.Load"/> and <see cref="ITier.Prepare"/>: the container is read and validated, its
/// blocks are found and priced, and code is made. A cold run is <see cref="Module.Load"/>,
/// <see cref="Module.CreateInstance"/>, which prepares the tier, and <see cref="Instance.Call"/>. The gas is set when the
/// instance is made.</para>
/// <para>Each repetition has a module of its own. Modules keep what was made of them, and no tier keeps anything by
/// program; of governors <see cref="TierFamily"/> sees to that. What a process keeps from one module to the next is
/// scratch memory, addresses, and decoded forms of single instructions.</para>
/// </remarks>
internal sealed class TierEngine : IServedEngine
{
    private readonly ITier _tier;
    private readonly GasModel _model;
    private readonly CodeTime _codeTime;
    private readonly InstanceOptions _options;
    private byte[] _container = [];

    /// <summary>Puts a tier behind the protocol.</summary>
    /// <param name="tier">The tier, which is disposed of with this where it can be.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="codeTime">When the tier makes code.</param>
    public TierEngine(ITier tier, GasModel model, CodeTime codeTime)
    {
        _tier = tier;
        _model = model;
        _codeTime = codeTime;
        _options = GuestOptions.Create(tier, model);
    }

    /// <inheritdoc/>
    public string Description => $"Pvm2 {GuestOptions.Version} ({_tier.Name})";

    /// <inheritdoc/>
    public string? WhyUnsupported(MeasuredKind kind) => (kind, _codeTime) switch
    {
        (MeasuredKind.Compile, CodeTime.AtFirstCall) => "code is compiled when it is first called",
        (MeasuredKind.Compile, CodeTime.WhileRunning) => "what is compiled is decided while it runs",
        _ => null,
    };

    /// <inheritdoc/>
    public void Load(string path) => _container = File.ReadAllBytes(path);

    /// <inheritdoc/>
    public object Compile() => _tier.Prepare(Module.Load(_container), _model);

    /// <inheritdoc/>
    public IServedProgram Open() => new TierProgram(this, Module.Load(_container));

    /// <inheritdoc/>
    public void Dispose() => (_tier as IDisposable)?.Dispose();

    /// <summary>Waits until nothing is compiled in the background, which later measurements would suffer from.</summary>
    private void Settle()
    {
        if (_codeTime == CodeTime.WhileRunning)
        {
            BackgroundCompilation.WaitFor(_tier);
        }
    }

    private sealed class TierProgram(TierEngine engine, Module module) : IServedProgram
    {
        public IServedInstance CreateInstance() => new GuestInstance(module.CreateInstance(engine._options));

        public void Dispose() => engine.Settle();
    }
}
