namespace System.Runtime.Versioning;

/// <summary>
/// Tells ReadyToRun, which knows this attribute by its name, that it may put a method's body into the code of other
/// assemblies. The methods that have it change only together with <see cref="Pvm2.Runtime.Portable.PortableAbi.Version"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NonVersionableAttribute : Attribute;
