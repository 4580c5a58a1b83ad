using System.Text.Json.Serialization;
using Pvm2.Cli.Aot;
using Pvm2.Cli.Commands;
using Pvm2.Cli.Inspection;
using Pvm2.Cli.Running;

namespace Pvm2.Cli.Output;

/// <summary>
/// Serializers of the JSON documents, generated at build time; properties stand in the order of declaration. Only
/// the writing code is generated: the metadata that reading needs would cost a short run a third of its time.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(FailureDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(WrittenProgram))]
[JsonSerializable(typeof(WrittenAssembly))]
[JsonSerializable(typeof(InspectDocument))]
[JsonSerializable(typeof(ValidateDocument))]
internal sealed partial class DocumentContext : JsonSerializerContext;
