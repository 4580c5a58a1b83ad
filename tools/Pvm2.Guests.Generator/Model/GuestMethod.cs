namespace Pvm2.Guests.Generator.Model;

/// <summary>A method of a guest's class.</summary>
/// <param name="Name">Its name, a C# identifier.</param>
/// <param name="Entry">The entry point that it calls; any text.</param>
internal sealed record GuestMethod(string Name, string Entry);
