using Mono.Cecil;
using Mono.Cecil.Cil;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Portable;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Saved;

namespace Pvm2.IlJit.Aot;

/// <summary>The public members of the class that stands for a guest. What they do is done by Pvm2.Runtime.</summary>
internal sealed class GuestClass
{
    private readonly TypeDefinition _type;
    private readonly AssemblyReferences _references;
    private readonly EmbeddedData _description;
    private readonly MethodDefinition _methods;
    private readonly FieldDefinition _field;

    /// <summary>Starts the class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="references">What its assembly refers to.</param>
    /// <param name="description">The bytes of the description.</param>
    /// <param name="methods">Gives the runtime the addresses of regions.</param>
    public GuestClass(
        TypeDefinition type, AssemblyReferences references, EmbeddedData description, MethodDefinition methods)
    {
        _type = type;
        _references = references;
        _description = description;
        _methods = methods;
        _field = new FieldDefinition(
            "guest", FieldAttributes.Private | FieldAttributes.Static, references.Type(typeof(SavedGuest)));
        type.Fields.Add(_field);
    }

    /// <summary>Adds all members.</summary>
    public void AddMembers(IEnumerable<EntryPoint> entryPoints)
    {
        var guest = AddGuest();
        AddProperty(guest, nameof(SavedGuest.Module));
        AddProperty(guest, nameof(SavedGuest.Tier));
        AddCreateInstance(guest);
        var names = new GuestNames([.. typeof(object).GetMethods().Select(method => method.Name), _type.Name, "GetMethods",
            .. _type.Methods.Select(method => method.Name), .. _type.Properties.Select(property => property.Name)]);
        foreach (var entry in entryPoints)
        {
            AddEntry(guest, names.Take(entry.Name), entry.Name);
        }
    }

    /// <summary>Adds the property <c>SavedGuest Guest</c>.</summary>
    private MethodDefinition AddGuest()
    {
        var getter = AddGetter("Guest", typeof(SavedGuest));
        var code = getter.Body.GetILProcessor();
        code.Emit(OpCodes.Ldsflda, _field);
        code.Emit(OpCodes.Ldtoken, _type);
        code.Emit(OpCodes.Ldc_I4, PortableAbi.Version);
        code.Emit(OpCodes.Ldsflda, _description.Field);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Ldc_I4, _description.Length);
        code.Emit(OpCodes.Ldftn, _methods);
        Call(code, typeof(SavedGuestSupport), nameof(SavedGuestSupport.GetGuest));
        code.Emit(OpCodes.Ret);
        return getter;
    }

    /// <summary>Adds a property that gives what the guest has under the same name.</summary>
    private void AddProperty(MethodDefinition guest, string name)
    {
        var property = typeof(SavedGuest).GetProperty(name)!;
        var code = AddGetter(name, property.PropertyType).Body.GetILProcessor();
        code.Emit(OpCodes.Call, guest);
        code.Emit(OpCodes.Callvirt, _references.Method(property.GetMethod!));
        code.Emit(OpCodes.Ret);
    }

    /// <summary>Adds <c>Instance CreateInstance(InstanceOptions options = null)</c>.</summary>
    private void AddCreateInstance(MethodDefinition guest)
    {
        var method = AddMethod(nameof(SavedGuest.CreateInstance), typeof(Instance));
        method.Parameters.Add(Optional("options", typeof(InstanceOptions), null));
        var code = method.Body.GetILProcessor();
        code.Emit(OpCodes.Call, guest);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(
            OpCodes.Callvirt, _references.Method(typeof(SavedGuest).GetMethod(nameof(SavedGuest.CreateInstance))!));
        code.Emit(OpCodes.Ret);
    }

    /// <summary>Adds <c>Exit Name(Instance instance, ulong a0 = 0, …)</c>.</summary>
    private void AddEntry(MethodDefinition guest, string name, string entry)
    {
        var method = AddMethod(name, typeof(Exit));
        method.Parameters.Add(
            new ParameterDefinition("instance", ParameterAttributes.None, _references.Type(typeof(Instance))));
        for (var argument = 0; argument < Instance.MaxArguments; argument++)
        {
            method.Parameters.Add(Optional($"a{argument}", typeof(ulong), 0UL));
        }

        var code = method.Body.GetILProcessor();
        code.Emit(OpCodes.Call, guest);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldstr, entry);
        for (var argument = 0; argument < Instance.MaxArguments; argument++)
        {
            code.Emit(OpCodes.Ldarg, method.Parameters[argument + 1]);
        }

        Call(code, typeof(SavedGuestSupport), nameof(SavedGuestSupport.Call));
        code.Emit(OpCodes.Ret);
    }

    private MethodDefinition AddGetter(string name, Type type)
    {
        var getter = AddMethod("get_" + name, type);
        getter.Attributes |= MethodAttributes.SpecialName;
        _type.Properties.Add(
            new PropertyDefinition(name, PropertyAttributes.None, getter.ReturnType) { GetMethod = getter });
        return getter;
    }

    private MethodDefinition AddMethod(string name, Type type)
    {
        var method = new MethodDefinition(
            name,
            MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig,
            _references.Type(type));
        method.Body.InitLocals = false;
        _type.Methods.Add(method);
        return method;
    }

    private ParameterDefinition Optional(string name, Type type, object? value) =>
        new(name, ParameterAttributes.Optional | ParameterAttributes.HasDefault, _references.Type(type)) { Constant = value };

    private void Call(ILProcessor code, Type type, string method) =>
        code.Emit(OpCodes.Call, _references.Method(type.GetMethod(method)!));
}
