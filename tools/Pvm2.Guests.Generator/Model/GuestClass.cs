namespace Pvm2.Guests.Generator.Model;

/// <summary>All that the source of a guest's class is made of.</summary>
/// <param name="Item">What the project says.</param>
/// <param name="Name">The class.</param>
/// <param name="Sha256">The program's hash, 64 hexadecimal digits.</param>
/// <param name="GasModel">A member of the enumeration <c>GasModel</c>.</param>
/// <param name="Methods">Its methods, in the order of the entry points.</param>
internal sealed record GuestClass(
    GuestItem Item, string Name, string Sha256, string GasModel, EquatableArray<GuestMethod> Methods)
{
    /// <summary>The name with its namespace.</summary>
    public string FullName => Item.Namespace.Length == 0 ? Name : $"{Item.Namespace}.{Name}";
}
