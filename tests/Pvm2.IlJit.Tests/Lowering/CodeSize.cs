namespace Pvm2.IlJit.Tests.Lowering;

/// <summary>
/// How much IL a method has, in the measures by which RyuJIT decides not to optimise a method: past 20 000
/// instructions, 60 000 bytes, 2 000 basic blocks or 8 000 references to locals its code is three to four times slower.
/// </summary>
/// <param name="Instructions">IL instructions.</param>
/// <param name="Bytes">Bytes of IL.</param>
/// <param name="LocalReferences">Loads and stores of locals and arguments.</param>
/// <param name="BasicBlocks">Basic blocks.</param>
internal readonly record struct CodeSize(int Instructions, int Bytes, int LocalReferences, int BasicBlocks);
