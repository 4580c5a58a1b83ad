global using Pvm2.Measuring;
