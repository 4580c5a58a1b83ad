using System.Reflection;
using Mono.Cecil;
using Pvm2.Runtime.Saved;

namespace Pvm2.IlJit.Aot;

/// <summary>
/// What a saved assembly refers to: types and methods of Pvm2.Runtime, and of the base class library by way of
/// System.Runtime, so that it does not depend on the library's own inner assemblies.
/// </summary>
internal sealed class AssemblyReferences
{
    private const string BaseLibrary = "System.Runtime";

    // Those of every .NET 10, whichever this process runs on: an assembly has the same bytes wherever it is written.
    private static readonly Version BaseLibraryVersion = new(10, 0, 0, 0);
    private static readonly byte[] BaseLibraryToken = [0xb0, 0x3f, 0x5f, 0x7f, 0x11, 0xd5, 0x0a, 0x3a];

    private readonly ModuleDefinition _module;
    private readonly AssemblyNameReference _base;
    private readonly AssemblyNameReference _runtime;
    private readonly Dictionary<MethodBase, MethodReference> _methods = [];

    /// <summary>Sets up the references of a new module.</summary>
    public AssemblyReferences(ModuleDefinition module)
    {
        _module = module;
        _base = new AssemblyNameReference(BaseLibrary, BaseLibraryVersion) { PublicKeyToken = BaseLibraryToken };
        var runtime = typeof(SavedGuest).Assembly.GetName();
        _runtime = new AssemblyNameReference(runtime.Name, runtime.Version) { PublicKeyToken = runtime.GetPublicKeyToken() };
        module.AssemblyReferences.Clear();
        module.AssemblyReferences.Add(_base);
        module.AssemblyReferences.Add(_runtime);
    }

    /// <summary>A type that is not generic.</summary>
    /// <exception cref="NotSupportedException">It is generic, or in an assembly that must not be referred to.</exception>
    public TypeReference Type(Type type)
    {
        if (type.IsPointer)
        {
            return new PointerType(Type(type.GetElementType()!));
        }

        if (type.IsByRef)
        {
            return new ByReferenceType(Type(type.GetElementType()!));
        }

        if (Primitive(type) is { } primitive)
        {
            return primitive;
        }

        if (type.IsGenericType || type.IsNested || type.HasElementType)
        {
            throw new NotSupportedException($"A saved assembly does not refer to types such as {type}.");
        }

        return new TypeReference(type.Namespace, type.Name, _module, ScopeOf(type), type.IsValueType);
    }

    /// <summary>A method or constructor that is public and not generic.</summary>
    /// <exception cref="NotSupportedException">It has a type in its signature that cannot be referred to.</exception>
    public MethodReference Method(MethodBase method)
    {
        if (!_methods.TryGetValue(method, out var reference))
        {
            var returned = method is MethodInfo { ReturnType: var type } ? Type(type) : _module.TypeSystem.Void;
            reference = new MethodReference(method.Name, returned, Type(method.DeclaringType!)) { HasThis = !method.IsStatic };
            foreach (var parameter in method.GetParameters())
            {
                reference.Parameters.Add(new ParameterDefinition(Type(parameter.ParameterType)));
            }

            _methods.Add(method, reference);
        }

        return reference;
    }

    private TypeReference? Primitive(Type type) => type.IsEnum ? null : System.Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => _module.TypeSystem.Boolean,
        TypeCode.Char => _module.TypeSystem.Char,
        TypeCode.SByte => _module.TypeSystem.SByte,
        TypeCode.Byte => _module.TypeSystem.Byte,
        TypeCode.Int16 => _module.TypeSystem.Int16,
        TypeCode.UInt16 => _module.TypeSystem.UInt16,
        TypeCode.Int32 => _module.TypeSystem.Int32,
        TypeCode.UInt32 => _module.TypeSystem.UInt32,
        TypeCode.Int64 => _module.TypeSystem.Int64,
        TypeCode.UInt64 => _module.TypeSystem.UInt64,
        TypeCode.Single => _module.TypeSystem.Single,
        TypeCode.Double => _module.TypeSystem.Double,
        TypeCode.String => _module.TypeSystem.String,
        _ when type == typeof(void) => _module.TypeSystem.Void,
        _ when type == typeof(nint) => _module.TypeSystem.IntPtr,
        _ when type == typeof(nuint) => _module.TypeSystem.UIntPtr,
        _ when type == typeof(object) => _module.TypeSystem.Object,
        _ => null,
    };

    private AssemblyNameReference ScopeOf(Type type)
    {
        if (type.Assembly == typeof(SavedGuest).Assembly)
        {
            return _runtime;
        }

        // The facade leads to the type, unless it is one that another facade is for.
        return Assembly.Load(BaseLibrary).GetType(type.FullName!) == type
            ? _base
            : throw new NotSupportedException($"{type} is in neither Pvm2.Runtime nor {BaseLibrary}.");
    }
}
