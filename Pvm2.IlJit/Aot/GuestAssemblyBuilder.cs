using Mono.Cecil;
using Mono.Cecil.Cil;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Portable;
using Pvm2.Runtime.Saved;

namespace Pvm2.IlJit.Aot;

/// <summary>Builds one assembly: the class that stands for the guest, and in it the regions and the description.</summary>
internal sealed class GuestAssemblyBuilder
{
    private const TypeAttributes Static = TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit;

    private readonly AssemblyDefinition _assembly;
    private readonly ModuleDefinition _file;
    private readonly AssemblyReferences _references;
    private readonly GuestAssemblyOptions _options;
    private readonly SavedDescription _description;
    private readonly SavedCodeInput[] _code;
    private readonly Module _module;

    /// <summary>Starts an assembly.</summary>
    public GuestAssemblyBuilder(
        Module module, GuestAssemblyOptions options, SavedDescription description, SavedCodeInput[] code)
    {
        _module = module;
        _options = options;
        _description = description;
        _code = code;
        var name = new AssemblyNameDefinition(options.AssemblyName, new Version(1, 0, 0, 0));
        _assembly = AssemblyDefinition.CreateAssembly(name, options.AssemblyName + ".dll", ModuleKind.Dll);
        _file = _assembly.MainModule;
        _references = new AssemblyReferences(_file);
    }

    /// <summary>Builds the assembly and writes it.</summary>
    public void Write(Stream output)
    {
        var guest = new TypeDefinition(
            _options.Namespace, _options.ClassName, TypeAttributes.Public | Static, _file.TypeSystem.Object);
        _file.Types.Add(guest);
        Mark(guest);
        var data = EmbeddedData.Add(guest, _references, _description.ToBytes());
        var regions = AddRegions(guest);
        new GuestClass(guest, _references, data, regions).AddMembers(_module.Program.EntryPoints);

        // Cecil wants to seek.
        using var bytes = new MemoryStream();
        _assembly.Write(bytes, new WriterParameters { DeterministicMvid = true, Timestamp = 0 });
        bytes.WriteTo(output);
    }

    /// <summary>Says on the assembly what it is.</summary>
    private void Mark(TypeDefinition guest)
    {
        var constructor = typeof(SavedGuestAttribute).GetConstructor([typeof(int), typeof(string), typeof(string)])!;
        var attribute = new CustomAttribute(_references.Method(constructor));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(_file.TypeSystem.Int32, PortableAbi.Version));
        attribute.ConstructorArguments.Add(
            new CustomAttributeArgument(_file.TypeSystem.String, _description.Hash.ToString()));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(_file.TypeSystem.String, guest.FullName));
        _assembly.CustomAttributes.Add(attribute);
    }

    /// <summary>Adds the methods of all regions, and one that gives their addresses.</summary>
    private MethodDefinition AddRegions(TypeDefinition guest)
    {
        var table = new MethodTable(_references);
        var models = new List<MethodDefinition>();
        foreach (var input in _code)
        {
            var type = new TypeDefinition(
                string.Empty, $"{input.Model}Code", TypeAttributes.NestedAssembly | Static, _file.TypeSystem.Object);
            guest.NestedTypes.Add(type);
            var regions = new List<MethodDefinition?>();
            foreach (var region in input.Regions)
            {
                regions.Add(region.IsCompilable ? AddRegion(type, input, region) : null);
            }

            var methods = table.OfRegions(regions);
            type.Methods.Add(methods);
            models.Add(methods);
        }

        var all = table.OfModels(models);
        guest.Methods.Add(all);
        return all;
    }

    private MethodDefinition AddRegion(TypeDefinition type, SavedCodeInput input, Regions.Region region)
    {
        var method = new MethodDefinition(
            $"Region{region.Number}", MethodAttributes.Assembly | MethodAttributes.Static, _file.TypeSystem.Int64)
        {
            AggressiveOptimization = !_options.ForReadyToRun,
        };
        method.Parameters.Add(new ParameterDefinition(_references.Type(typeof(void*))));
        method.Parameters.Add(new ParameterDefinition(_file.TypeSystem.Int32));
        method.Body = new MethodBody(method) { InitLocals = false };
        type.Methods.Add(method);
        input.Lower(region, new CecilSink(method, _references));
        return method;
    }
}
