using System.Reflection;
using Wasmtime;
using Module = Wasmtime.Module;

namespace Pvm2.Compare.Host.Engines;

/// <summary>Wasmtime: WebAssembly modules that export <c>guest_main</c>, compiled by Cranelift for speed.</summary>
/// <remarks>
/// <para>Compiling is <see cref="Module.FromBytes"/>, which validates and compiles, on several threads where there are
/// processors for it, as is Wasmtime's default. There is no cache. A cold run is that, a store with its fuel, an instance,
/// finding the function and calling it. An instance that lives on has a store of its own.</para>
/// <para>Fuel is set when the store is made, as gas is when an instance of ours is made, and is more than is ever used.</para>
/// </remarks>
internal sealed class WasmtimeEngine : IServedEngine
{
    private const string EntryPoint = "guest_main";

    private readonly Wasmtime.Engine _engine;
    private readonly bool _hasFuel;
    private byte[] _bytes = [];

    /// <summary>Makes the engine, which a process has one of, like a tier.</summary>
    /// <param name="hasFuel">Whether fuel is counted.</param>
    public WasmtimeEngine(bool hasFuel)
    {
        _hasFuel = hasFuel;
        _engine = new Wasmtime.Engine(new Config()
            .WithCompilerStrategy(CompilerStrategy.Cranelift)
            .WithOptimizationLevel(OptimizationLevel.Speed)
            .WithFuelConsumption(hasFuel));
    }

    /// <inheritdoc/>
    public string Description => $"Wasmtime {FindVersion()} (Cranelift{(_hasFuel ? ", fuel" : string.Empty)})";

    /// <inheritdoc/>
    public void Load(string path) => _bytes = File.ReadAllBytes(path);

    /// <inheritdoc/>
    public object Compile() => Module.FromBytes(_engine, EntryPoint, _bytes);

    /// <inheritdoc/>
    public IServedProgram Open() => new WasmtimeProgram(this, Module.FromBytes(_engine, EntryPoint, _bytes));

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private static string FindVersion()
    {
        var version = typeof(Module).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+')[0] ?? string.Empty;
    }

    private sealed class WasmtimeProgram(WasmtimeEngine engine, Module module) : IServedProgram
    {
        public IServedInstance CreateInstance()
        {
            var store = new Store(engine._engine);
            try
            {
                if (engine._hasFuel)
                {
                    store.Fuel = ulong.MaxValue;
                }

                var main = new Instance(store, module).GetFunction<int>(EntryPoint)
                    ?? throw new EngineException($"the module exports no function {EntryPoint} that gives an i32");
                return new WasmtimeInstance(store, main);
            }
            catch
            {
                store.Dispose();
                throw;
            }
        }

        public void Dispose() => module.Dispose();
    }

    private sealed class WasmtimeInstance(Store store, Func<int> main) : IServedInstance
    {
        public ulong Run() => (uint)main();

        public void Dispose() => store.Dispose();
    }
}
